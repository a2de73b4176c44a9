import Monitoring
import Vitals

/// What stations must show of the alarms of one place, and what they have confirmed.
///
/// Every step in the life of an alarm is a revision; somebody who shows it must say so within 5 s.
struct Deliveries: Hashable, Sendable {
  /// An unconfirmed revision is passed on after this (`clinical.md` 3.8).
  static let limit = Duration.seconds(5)

  private struct Entry: Hashable {
    let id: AlarmID
    let serial: Int
    var revision: Int
    let decidedAt: Instant
    /// Stations that show this revision.
    var shownAt: Set<StaffID> = []
    /// Whether any revision of it was ever shown.
    var wasShown: Bool
    var isEnded: Bool
    var dueAt: Instant?
    var isOverdue = false

    /// The alarm about the missing confirmation cannot wait for one itself.
    var counts: Bool { id != .notDelivered && id != .stationLink }
  }

  private var entries: [Entry] = []
  private(set) var nextDeadline: Instant?

  /// Whether a revision was not shown in time, and still is not.
  var isOverdue: Bool { entries.contains { $0.isOverdue } }

  /// Ends of alarms that no station has confirmed yet.
  var unconfirmedEnds: [(alarm: Int, revision: Int)] {
    entries.filter { $0.isEnded }.map { ($0.serial, $0.revision) }
  }

  private mutating func update() {
    nextDeadline = entries.reduce(nil) { earliest($0, $1.dueAt) }
  }

  mutating func take(_ change: AlarmChange, at now: Instant, isExpected: Bool, limit: Duration) {
    defer { update() }
    let alarm = change.alarm
    let old = entries.firstIndex { $0.serial == alarm.serial }.map { entries.remove(at: $0) }
    let isEnded = change.step == .cleared || change.step == .reset
    let wasShown = old?.wasShown == true
    // Where it was never shown, there is nothing to take down.
    if isEnded, !wasShown || !isExpected { return }
    var entry = Entry(
      id: alarm.id, serial: alarm.serial, revision: alarm.revision, decidedAt: now,
      wasShown: wasShown, isEnded: isEnded)
    // What is late already stays late until a newer revision is confirmed.
    entry.isOverdue = old?.isOverdue == true
    // A newer revision of what nobody has shown buys no time: an alarm that changes again and again
    // would never be late.
    if isExpected, entry.counts, !entry.isOverdue {
      entry.dueAt = earliest(old?.dueAt, now + limit)
    }
    entries.append(entry)
  }

  /// A station says that it has drawn a revision.
  ///
  /// `nil` when that was known, or is not what it should show now.
  mutating func confirm(
    alarm serial: Int, revision: Int, by station: StaffID, at now: Instant
  ) -> AuditEntry? {
    guard let index = entries.firstIndex(where: { $0.serial == serial }),
      entries[index].revision == revision, entries[index].shownAt.insert(station).inserted
    else { return nil }
    defer { update() }
    let entry = entries[index]
    (entries[index].wasShown, entries[index].isOverdue) = (true, false)
    entries[index].dueAt = nil
    if entry.isEnded { entries.remove(at: index) }
    return .delivered(
      entry.id, serial, revision: revision, station: station,
      afterMilliseconds: Int((now - entry.decidedAt).nanoseconds / 1_000_000))
  }

  /// Whether confirmations can be expected has changed, or who gives them.
  ///
  /// A wait that has begun goes on even when only displays are left: nobody has confirmed that
  /// alarm, and a display that comes or stays cannot (`clinical.md` 3.9).
  mutating func expect(_ isExpected: Bool, anybodyShows: Bool, at now: Instant, limit: Duration) {
    defer { update() }
    if !anybodyShows { entries.removeAll { $0.isEnded } }
    guard isExpected else { return }
    for index in entries.indices
    where entries[index].counts && entries[index].shownAt.isEmpty && entries[index].dueAt == nil
      && !entries[index].isOverdue
    {
      entries[index].dueAt = now + limit
    }
  }

  /// What a station that is gone has shown, nobody shows any more.
  mutating func lose(_ station: StaffID) {
    for index in entries.indices { entries[index].shownAt.remove(station) }
  }

  /// Returns the alarms that nobody has shown in time.
  mutating func advance(to now: Instant) -> [Int] {
    var late: [Int] = []
    for index in entries.indices {
      guard let dueAt = entries[index].dueAt, dueAt <= now else { continue }
      (entries[index].dueAt, entries[index].isOverdue) = (nil, true)
      late.append(entries[index].serial)
    }
    if !late.isEmpty { update() }
    return late
  }
}
