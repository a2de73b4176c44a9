/// How often a line speaks: whether it is one of those that make a crowd.
struct LinePace: Sendable {
  /// Whoever speaks again sooner than this is in a hurry: an oximeter does with each packet, a cuff that
  /// is asked twice a second with the second half of an answer at most.
  private static let shortGap = Duration.milliseconds(100)
  /// So many in a row, and it is busy.
  private static let many = 8

  private var last: SuspendingClock.Instant?
  private var row = 0

  /// Notes that bytes came; whether the line is a busy one now.
  mutating func isBusy(at now: SuspendingClock.Instant) -> Bool {
    row = last.map { now - $0 < Self.shortGap } == true ? min(row + 1, Self.many) : 0
    last = now
    return row == Self.many
  }
}
