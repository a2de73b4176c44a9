/// Decides when to stop waking for every line and look at all of them on a beat instead.
///
/// Measured with 40 ptys at 60 packets/s: a wake-up a packet costs 2 to 3 % of a core and 7 000 to
/// 9 000 context switches a second (with the hop to the ward), a look every 3 ms 0.6 to 0.9 % and
/// 1 100. A byte then waits at most 3 ms, of the 250 ms that an alarm may take. A few lines keep
/// the wake-up: it costs them less, and they get their bytes in 20 µs.
struct Crowd: Sendable {
  /// Time between two looks.
  static let beat = Duration.milliseconds(3)
  /// As many ready lines in one beat make a crowd: 1 300 packets a second.
  private static let many = 4

  private var since: SuspendingClock.Instant?
  private var count = 0

  /// Counts `ready` lines of one wake-up; true when looking on a beat is now cheaper.
  mutating func gathers(_ ready: Int, at now: SuspendingClock.Instant) -> Bool {
    if let since, now - since < Self.beat {
      count += ready
    } else {
      since = now
      count = ready
    }
    return count >= Self.many
  }

  /// Whether a look that found `ready` lines was one too many.
  static func isOver(_ ready: Int) -> Bool { ready < 2 }
}
