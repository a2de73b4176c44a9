public import Monitoring
public import Vitals

/// Who can be heard, and what is left for the server's own loudspeaker (`nurse-station.md` 1.8).
extension Ward {
  /// Stations that are on a screen, sound, and were heard by somebody.
  public var audibleStations: Set<StaffID> { book.audible }

  /// What a station last said of its screen and its sound; `nil` for nothing since it was linked.
  public func sound(of station: StaffID) -> StationSound? { book.sound(of: station) }

  /// Whether some chair is watched that no station covers which is seen and heard.
  public var isAnyChairUnheard: Bool {
    chairs.contains { $0.monitor.session?.phase.isMonitored == true && !$0.desk.isHeard }
  }

  /// What must sound now and no station sounds, be it that none can be heard, or that none has said
  /// within five seconds that it does; `nil` for nothing.
  ///
  /// What is acknowledged or paused sounds nowhere.
  public var unheard: UnheardAlarms? {
    var found: UnheardAlarms?
    var isWatching = false
    func add(_ alarm: Alarm, at chair: ChairID) {
      let key = UnheardAlarms.Key(chair: chair, alarm: alarm.serial, revision: alarm.revision)
      if let priority = found?.priority, priority >= alarm.priority {
        if priority == alarm.priority { found?.alarms.insert(key) }
      } else {
        found = UnheardAlarms(priority: alarm.priority, alarms: [key])
      }
    }
    for chair in chairs where chair.monitor.session?.phase.isMonitored == true {
      isWatching = true
      for alarm in chair.monitor.activeAlarms where chair.monitor.signal(of: alarm) == .on {
        guard !chair.desk.isHeard || chair.desk.alarms.soundings.isOverdue(alarm.serial) else {
          continue
        }
        add(alarm, at: chair.id)
      }
    }
    guard isWatching else { return nil }
    for alarm in wardAlarms.active where alarm.acknowledgedBy == nil {
      guard book.audible.isEmpty || desk.soundings.isOverdue(alarm.serial) else { continue }
      add(alarm, at: .ward)
    }
    return found
  }
}

/// Alarms that only the server's own loudspeaker can sound.
public struct UnheardAlarms: Hashable, Sendable {
  public struct Key: Hashable, Sendable {
    let chair: ChairID
    let alarm: Int
    let revision: Int
  }

  /// The highest among them, which is the one that sounds.
  public let priority: Priority
  /// Those of that priority.
  public fileprivate(set) var alarms: Set<Key>

  /// Whether something is here that was not in `old`: it must not wait for the end of a gap.
  public func isNews(since old: UnheardAlarms?) -> Bool {
    guard let old, old.priority >= priority else { return true }
    return old.priority == priority && !alarms.isSubset(of: old.alarms)
  }
}
