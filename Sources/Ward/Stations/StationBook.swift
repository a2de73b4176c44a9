import Monitoring
import Vitals

/// Which nurse stations are linked, and which of them may be relied on.
///
/// A station that only holds a stream open is an information display. One that says hello must be
/// heard of again and again, or it is lost.
struct StationBook: Hashable, Sendable {
  private struct Entry: Hashable {
    /// When a confirming station was last heard of; `nil` for a display.
    var heardAt: Instant?
    /// What it last said of its screen and its sound; `nil` for nothing yet.
    var sound: StationSound?
    var pause: Inactivation.Pause?
    /// When it is next said that the station is silent: two minutes after it first was, however often
    /// the pause is renewed (`clinical.md` 3.4).
    var remindAt: Instant?

    mutating func endPause() { (pause, remindAt) = (nil, nil) }

    mutating func begin(_ pause: Inactivation.Pause, at now: Instant) {
      self.pause = pause
      remindAt = remindAt ?? now + Inactivation.reminderInterval
    }
  }

  enum News: Hashable {
    case change(StaffID, StationChange)
    case resumed(StaffID, AudioResumption)
    /// The sound of this station is still paused.
    case reminder(StaffID)
    case sound(StaffID, StationSound)
  }

  private var entries: [StaffID: Entry] = [:]
  /// Silent without a goodbye, and not given up by a person yet.
  private(set) var lost: Set<StaffID> = []
  /// How long a station may be silent.
  private let patience: Duration
  private(set) var nextDeadline: Instant?

  init(patience: Duration) { self.patience = patience }

  private(set) var linked: Set<StaffID> = []
  /// Those that confirm what they show.
  private(set) var confirming: Set<StaffID> = []
  /// Those that are seen and heard.
  private(set) var audible: Set<StaffID> = []
  /// Those that say that they are not.
  private(set) var silent: Set<StaffID> = []
  /// Those whose sound is paused.
  private(set) var paused: Set<StaffID> = []

  /// What a station last said of its screen and its sound.
  func sound(of station: StaffID) -> StationSound? { entries[station]?.sound }

  /// The end of the pause of a station's sound.
  func pausedUntil(_ station: StaffID) -> Instant? { entries[station]?.pause?.until }

  private var sorted: [StaffID] { entries.keys.sorted { $0.name < $1.name } }

  private mutating func update() {
    linked = Set(entries.keys)
    let relied = entries.filter { $0.value.heardAt != nil }
    confirming = Set(relied.keys)
    audible = Set(relied.filter { $0.value.sound?.reachesPeople == true }.keys)
    silent = Set(relied.filter { $0.value.sound?.reachesPeople == false }.keys)
    paused = Set(relied.filter { $0.value.pause != nil }.keys)
    nextDeadline = entries.values.reduce(nil) {
      earliest(
        earliest($0, $1.heardAt.map { $0 + patience }), earliest($1.pause?.until, $1.remindAt))
    }
  }

  mutating func advance(to now: Instant) -> [News] {
    guard let nextDeadline, nextDeadline <= now else { return [] }
    defer { update() }
    var news: [News] = []
    for station in sorted {
      if let until = entries[station]?.pause?.until, until <= now {
        entries[station]?.endPause()
        news.append(.resumed(station, .expired))
      }
      if let remindAt = entries[station]?.remindAt, remindAt <= now {
        entries[station]?.remindAt = now + Inactivation.reminderInterval
        news.append(.reminder(station))
      }
      if let heardAt = entries[station]?.heardAt, heardAt + patience <= now {
        news += remove(station, .lost)
      }
    }
    return news
  }

  /// A display's stream was opened or closed; says nothing of a station that confirms.
  mutating func display(_ station: StaffID, isLinked: Bool) -> [News] {
    defer { update() }
    guard entries[station]?.heardAt == nil else { return [] }
    // Told again and again by who has many streams.
    if isLinked == (entries[station] != nil) {
      return [.change(station, isLinked ? .linked(confirms: false) : .lost)]
    }
    guard isLinked else { return remove(station, .lost) }
    entries[station] = Entry()
    return [.change(station, .linked(confirms: false))]
  }

  mutating func hear(_ word: StationWord, from station: StaffID, at now: Instant) -> [News] {
    defer { update() }
    switch word {
    // Said again, by a page that was loaded anew: it shows nothing yet of what stands.
    case .hello: return link(station, at: now)
    case .heartbeat:
      if entries[station]?.heardAt != nil {
        entries[station]?.heardAt = now
        return []
      }
      // One that was lost is back; a stranger must say hello first.
      return lost.contains(station) ? link(station, at: now) : []
    case .goodbye:
      lost.remove(station)
      return entries[station] == nil ? [] : remove(station, .left)
    case .sound(let sound):
      guard let entry = entries[station], entry.heardAt != nil, entry.sound != sound else {
        return []
      }
      entries[station]?.sound = sound
      return [.sound(station, sound)]
    case .confirmed, .sounded: return []
    }
  }

  private mutating func link(_ station: StaffID, at now: Instant) -> [News] {
    entries[station, default: Entry()].heardAt = now
    // A page that was loaded anew is silent until it says otherwise.
    entries[station]?.sound = nil
    lost.remove(station)
    return [.change(station, .linked(confirms: true))]
  }

  private mutating func remove(_ station: StaffID, _ change: StationChange) -> [News] {
    guard let entry = entries.removeValue(forKey: station) else { return [] }
    if change == .lost, entry.heardAt != nil { lost.insert(station) }
    return (entry.pause == nil ? [] : [.resumed(station, .linkLost)]) + [.change(station, change)]
  }

  /// Misses stations that fell silent before.
  mutating func miss(_ stations: [StaffID]) { lost.formUnion(stations) }

  /// Gives up the stations that are lost, which a person may once another one is linked.
  mutating func forgetLost() { lost = [] }

  /// False when there is no such station to rely on.
  mutating func pause(
    _ station: StaffID, seconds: Int, by staff: StaffID, at now: Instant
  ) -> Bool {
    guard entries[station]?.heardAt != nil else { return false }
    let pause = Inactivation.Pause(until: now + .seconds(seconds), by: staff)
    entries[station]?.begin(pause, at: now)
    update()
    return true
  }

  /// Stations whose pause this ended.
  mutating func resume(_ station: StaffID? = nil) -> [StaffID] {
    defer { update() }
    let paused = sorted.filter { entries[$0]?.pause != nil && (station == nil || station == $0) }
    for station in paused { entries[station]?.endPause() }
    return paused
  }
}
