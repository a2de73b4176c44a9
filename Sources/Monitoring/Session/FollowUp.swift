import Vitals

/// The closer watch after a pressure that raised an alarm (`clinical.md` 2.4).
///
/// One recheck after a critical or very low pressure, then one every 5 min from the last reading,
/// until two in a row are in range.
struct FollowUp: Sendable {
  /// What the rules say of a reading.
  enum Finding: Sendable {
    /// A critical or very low pressure that was not so before.
    case critical
    /// Another one that raises an alarm on the pressure itself, or keeps it.
    case worrying
    /// No alarm, yet not in range.
    case unsettled
    case inRange
  }

  /// The recheck must be on the chart 2 min after the reading, with the time that it takes.
  static let recheckAfter = Duration.seconds(60)
  static let interval = Duration.seconds(300)
  private static let readingsThatEnd = 2

  /// When the next reading is due; `nil` while nothing calls for one.
  private(set) var dueAt: Instant?
  /// When the cuff is to be started for it; `nil` once it was.
  private(set) var startAt: Instant?
  /// Whether that is the one recheck of a critical pressure.
  private(set) var isRecheck = false
  private var inRange = 0

  mutating func take(_ finding: Finding, at now: Instant) {
    switch finding {
    case .critical, .worrying: inRange = 0
    case .unsettled where dueAt != nil: inRange = 0
    case .inRange where dueAt != nil && inRange + 1 < Self.readingsThatEnd: inRange += 1
    case .unsettled, .inRange: return self = FollowUp()
    }
    isRecheck = finding == .critical
    dueAt = now + (isRecheck ? Self.recheckAfter : Self.interval)
    startAt = dueAt
  }

  /// Puts off what fell due while nobody could measure.
  mutating func postpone(to instant: Instant) {
    dueAt = dueAt.map { max($0, instant) }
    startAt = startAt.map { max($0, instant) }
  }

  /// The cuff is started.
  mutating func noteStart(at now: Instant) {
    if let due = startAt, due <= now { startAt = nil }
  }
}
