import Monitoring
import Vitals

/// What stations must sound of the alarms of one place, and what they say they have sounded.
///
/// Apart from ``Deliveries``: that an alarm is drawn says nothing of a loudspeaker, and neither says
/// that a person has taken note. What a station that claims to be heard has not sounded within 5 s is
/// passed on, and sounds at the server.
struct Soundings: Hashable, Sendable {
  private struct Entry: Hashable {
    let id: AlarmID
    let serial: Int
    let revision: Int
    let decidedAt: Instant
    var soundedAt: Set<StaffID> = []
    var dueAt: Instant?
    var isOverdue = false

    /// The alarms about stations cannot wait for a station themselves.
    var counts: Bool { id != .notDelivered && id != .stationLink && id != .stationSilent }
  }

  private var entries: [Entry] = []
  private(set) var nextDeadline: Instant?

  /// Whether an alarm was not sounded in time, and still is not.
  var isOverdue: Bool { entries.contains { $0.isOverdue } }

  /// Whether that alarm was not sounded in time.
  func isOverdue(_ serial: Int) -> Bool {
    entries.contains { $0.serial == serial && $0.isOverdue }
  }

  private mutating func update() {
    nextDeadline = entries.reduce(nil) { earliest($0, $1.dueAt) }
  }

  mutating func take(_ change: AlarmChange, at now: Instant, isExpected: Bool, limit: Duration) {
    defer { update() }
    let alarm = change.alarm
    let old = entries.firstIndex { $0.serial == alarm.serial }.map { entries.remove(at: $0) }
    switch change.step {
    case .acknowledged, .latched, .cleared, .reset: return
    case .raised, .escalated, .resumed: break
    }
    var entry = Entry(
      id: alarm.id, serial: alarm.serial, revision: alarm.revision, decidedAt: now)
    entry.isOverdue = old?.isOverdue == true
    if isExpected, entry.counts, !entry.isOverdue {
      entry.dueAt = earliest(old?.dueAt, now + limit)
    }
    entries.append(entry)
  }

  /// A station says that it has sounded a revision; `nil` when that was known, or sounds no more.
  mutating func confirm(
    alarm serial: Int, revision: Int, by station: StaffID, at now: Instant
  ) -> AuditEntry? {
    guard let index = entries.firstIndex(where: { $0.serial == serial }),
      entries[index].revision == revision, entries[index].soundedAt.insert(station).inserted
    else { return nil }
    defer { update() }
    (entries[index].dueAt, entries[index].isOverdue) = (nil, false)
    return .sounded(
      entries[index].id, serial, revision: revision, station: station,
      afterMilliseconds: Int((now - entries[index].decidedAt).nanoseconds / 1_000_000))
  }

  /// Whether a station can be expected to sound: one that is seen and heard, and neither it nor the
  /// place is paused.
  mutating func expect(_ isExpected: Bool, at now: Instant, limit: Duration) {
    guard !entries.isEmpty else { return }
    defer { update() }
    for index in entries.indices {
      guard isExpected else {
        (entries[index].dueAt, entries[index].isOverdue) = (nil, false)
        continue
      }
      let entry = entries[index]
      if entry.counts, entry.soundedAt.isEmpty, entry.dueAt == nil, !entry.isOverdue {
        entries[index].dueAt = now + limit
      }
    }
  }

  /// A station that is gone, or silent, sounds nothing any more.
  mutating func lose(_ station: StaffID) {
    for index in entries.indices { entries[index].soundedAt.remove(station) }
  }

  /// Returns the alarms that nobody has sounded in time.
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
