public import Vitals

/// What a tile, a page or a log may see of a chair. Nothing here changes it.
extension ChairMonitor {
  /// Active and latched alarms, highest priority first, then newest.
  public var activeAlarms: [Alarm] { alarms.alarms }

  /// The limits in force.
  public var policy: Policy { alarms.policy }

  public var audioPausedUntil: Instant? { alarms.audioPausedUntil }

  /// The lower pulse limit in force, which a slow baseline lowers.
  public var pulseLowLimit: Int { ContinuousRule.pulseLowLimit(policy, session?.baseline) }

  /// The last sample of any age and trust, with its instant; `nil` once it has become too old.
  public var lastSample: (reading: OximeterReading, at: Instant)? { sampler.last }

  /// When the device last sent a frame of any kind.
  public var lastFrameAt: Instant? { sampler.lastFrameAt }

  /// Since when no sample was usable; `nil` while they are.
  public var unusableSince: Instant? { signalLostSince }

  public var isCuffConnected: Bool { hasCuff }

  public var isCuffWorking: Bool { schedule.cuff.isWorking }

  /// Who asked for STAT mode and when it ends; `nil` while it is off.
  public var stat: StatMode? { schedule.stat }

  /// When the next blood pressure is due.
  public var nextPressureDue: Instant? { schedule.nextDue }

  /// The discharge criteria that are not met; `nil` before the observation clock runs.
  public func unmetCriteria(at now: Instant) -> [Criterion]? { dischargeFacts(at: now)?.unmet }

  /// Every discharge criterion with what was found; `nil` before the observation clock runs.
  public func criteria(at now: Instant) -> [CriterionReport]? { dischargeFacts(at: now)?.reports }

  /// What the session's route asks for, as policy and this patient's changes have it.
  public var preset: Route.Preset {
    session?.ownPreset ?? alarms.policy.preset(for: session?.route ?? .iv40)
  }

  /// Due times that no reading has met yet, up to the next one that is still to come.
  public func openDueTimes(at now: Instant) -> [Instant] { schedule.open(at: now) }

  /// Mandatory fields of the chart that are not there yet (criterion C19).
  public var missingFields: [String] { session?.missingFields ?? [] }
}
