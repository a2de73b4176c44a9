public import Monitoring
public import Vitals

/// The ward's own alarms as they stood at an instant, for a ward that goes on from there: after a
/// restart, or in a recording that begins in the middle of a day.
public struct StandingAlarms: Hashable, Sendable {
  /// One that was raised and has not ended.
  public struct Standing: Hashable, Sendable {
    public let alarm: Alarm
    /// When it last changed: whom it calls next, and how late it was shown, counts from then.
    public let since: Instant
    /// The stations that have shown it as it is now.
    public let shownAt: [StaffID]

    public init(alarm: Alarm, since: Instant, shownAt: [StaffID] = []) {
      self.alarm = alarm
      self.since = since
      self.shownAt = shownAt
    }
  }

  /// How many alarms the ward has raised so far; the next one's number is one more.
  public var count: Int
  /// In the order in which they were raised.
  public var alarms: [Standing]
  /// Stations that fell silent and are missed.
  public var lost: [StaffID]

  public init(count: Int = 0, alarms: [Standing] = [], lost: [StaffID] = []) {
    self.count = count
    self.alarms = alarms
    self.lost = lost
  }

  /// The same on a time axis that begins later by `offset`.
  public func rebased(by offset: Duration) -> StandingAlarms {
    var rebased = self
    rebased.alarms = alarms.map { one in
      var alarm = Alarm(
        id: one.alarm.id, serial: one.alarm.serial, priority: one.alarm.priority,
        presence: one.alarm.presence, raisedAt: one.alarm.raisedAt - offset,
        remark: one.alarm.remark)
      (alarm.revision, alarm.acknowledgedBy) = (one.alarm.revision, one.alarm.acknowledgedBy)
      return Standing(alarm: alarm, since: one.since - offset, shownAt: one.shownAt)
    }
    return rebased
  }
}

extension Ward {
  /// Takes up the ward's own alarms where they stood; says nothing, for it was all said before.
  ///
  /// Must come after the stations that were linked, and before any other input.
  public mutating func resume(_ standing: StandingAlarms, at now: Instant) {
    wardAlarms = WardAlarms(count: standing.count, raised: standing.alarms.map(\.alarm))
    book.miss(standing.lost)
    isDeskUndelivered = standing.alarms.contains { $0.alarm.id == .notDelivered }
    for one in standing.alarms {
      let step: AlarmChange.Step = one.alarm.acknowledgedBy == nil ? .raised : .acknowledged
      desk.resume(AlarmChange(alarm: one.alarm, step: step), at: one.since)
      for station in one.shownAt {
        _ = desk.confirm(
          alarm: one.alarm.serial, revision: one.alarm.revision, by: station, at: one.since)
      }
      // What nobody had shown in time is what that alarm is about.
      if isDeskUndelivered { desk.expect(true, anybodyShows: false, at: one.since) }
    }
    while let due = desk.nextDeadline, due <= now { desk.advance(to: due) { _ in } }
  }
}
