public import Vitals

/// What of a chair's alarm signals is paused or off: by whom, why and until when (`clinical.md`
/// 3.4).
///
/// Everything in here ends by itself or with the session; nothing is silent for ever. A condition
/// is judged and logged all the same.
public struct Inactivation: Hashable, Sendable {
  /// A pause with its end.
  public struct Pause: Hashable, Sendable {
    public let until: Instant
    public let by: StaffID
    public let reason: String?

    public init(until: Instant, by: StaffID, reason: String? = nil) {
      self.until = until
      self.by = by
      self.reason = reason
    }
  }

  /// A rule that a prescriber has turned off until the session ends.
  public struct Off: Hashable, Sendable {
    public let by: StaffID
    public let reason: String
    /// What would be active now were it not off; it is raised when the rule is turned on again.
    var held: Held?
  }

  struct Held: Hashable, Sendable {
    var priority: Priority
    var limit: Int?
  }

  /// No pause of all alarms of a chair is longer, in seconds.
  public static let longestAlarmPause = 180
  /// How often it is said that something is paused or off.
  public static let reminderInterval = Duration.seconds(120)

  /// The sound of this chair's alarms.
  public internal(set) var audio: Pause?
  /// The signals of this chair's LOW and MEDIUM alarms, for care at the chair.
  public internal(set) var alarms: Pause?
  public internal(set) var off: [AlarmID: Off] = [:]
  /// Limits were changed before a gap in the monitoring, and nobody has confirmed them since.
  public internal(set) var hasUnconfirmedLimits = false
  var remindAt: Instant?

  public init() {}

  /// What a reminder names, in the order of the table.
  public var words: [String] {
    (audio == nil ? [] : ["audioPaused"]) + (alarms == nil ? [] : ["alarmPaused"])
      + AlarmID.allCases.filter { off[$0] != nil }.map { "\($0.rawValue) off" }
      + (hasUnconfirmedLimits ? ["limitsUnconfirmed"] : [])
  }

  var nextDeadline: Instant? {
    earliest(earliest(audio?.until, alarms?.until), remindAt)
  }

  /// Must follow every change: the first reminder is due two minutes after the first inactivation,
  /// however often it is renewed.
  mutating func keepReminding(at now: Instant) {
    remindAt = words.isEmpty ? nil : remindAt ?? now + Self.reminderInterval
  }
}

extension AlarmID {
  /// Whether a prescriber may turn the rule off for a session (`clinical.md` 3.4).
  ///
  /// Only what never is HIGH; never the saturation. `FROZEN` and `SIGNAL_POOR` are not among them:
  /// without them a saturation that is dead would be silent.
  public var mayBeTurnedOff: Bool {
    switch self {
    case .pulseHigh, .pulseLow, .pulseRelative, .respirationLow, .respirationHigh,
      .pressureElevated, .pressureRise, .pressureLow, .pressureFall, .meanHigh, .lowPerfusion,
      .pulseDiscord, .sameLimb, .cuffFailed, .pressureOverdue, .awayLong:
      true
    default: false
    }
  }
}

/// What of an alarm's signal people get now (`clinical.md` 3.2).
public enum AlarmSignal: String, Hashable, Sendable {
  case on
  /// Seen, not heard.
  case audioPaused
  /// Held back while care is given at the chair.
  case alarmPaused
  case acknowledged
  /// The condition has gone; a steady visual signal waits for somebody.
  case latched
}
