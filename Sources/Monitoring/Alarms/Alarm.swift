public import Vitals

/// One occurrence of an alarm condition, from the moment it was raised.
///
/// The same condition raised again after clearing is a new alarm with a new ``serial``. While the
/// condition stays active its priority may rise, never fall.
public struct Alarm: Hashable, Sendable {
  public enum Presence: String, Sendable {
    /// The condition exists now.
    case active
    /// The condition has gone; the visual signal waits for somebody.
    case latched
  }

  /// What else a person should know of the number that raised it.
  public enum Remark: String, Sendable {
    /// Possible, but improbable (`clinical.md` 4.1).
    case checkSensor = "check sensor"
    /// One counts double or half of what the other does (`clinical.md` 4.4).
    case countError = "possible count error"
    /// Taken with movement or a loose cuff, and no clean reading has followed.
    case questionable = "questionable reading"
    /// Of a log: it is a new one, and takes everything.
    case newLog = "a damaged log was set aside"
    /// Of silent stations: the server's own loudspeaker is silent, too.
    case hostSilent = "the server cannot sound either"
  }

  public let id: AlarmID
  /// Counts the alarms of one chair from 1.
  public let serial: Int
  public var priority: Priority
  public var presence: Presence
  public let raisedAt: Instant
  /// What was measured when it was raised or last escalated, in the rule's unit.
  public var value: Int?
  public var limit: Int?
  public var acknowledgedBy: StaffID?
  public var remark: Remark?
  /// Counts the steps of its life, from 1 for its raising: what a station confirms.
  public var revision = 0

  public init(
    id: AlarmID, serial: Int, priority: Priority, presence: Presence, raisedAt: Instant,
    value: Int? = nil, limit: Int? = nil, remark: Remark? = nil
  ) {
    self.id = id
    self.serial = serial
    self.priority = priority
    self.presence = presence
    self.raisedAt = raisedAt
    self.value = value
    self.limit = limit
    self.remark = remark
  }
}

/// A step in the life of one alarm.
public struct AlarmChange: Hashable, Sendable {
  public enum Step: String, Sendable {
    case raised, escalated, cleared, latched, acknowledged, reset
    /// Its signals start, or start again, after a pause of all alarms.
    case resumed
  }

  public let alarm: Alarm
  public let step: Step
  /// Who acted, for `acknowledged` and `reset`.
  public let by: StaffID?

  public init(alarm: Alarm, step: Step, by: StaffID? = nil) {
    self.alarm = alarm
    self.step = step
    self.by = by
  }
}
