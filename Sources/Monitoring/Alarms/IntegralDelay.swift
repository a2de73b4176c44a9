import Vitals

/// The optional delay of `SPO2_LOW` by depth × time (`clinical.md` 2.2): a deep fall alarms sooner
/// than a shallow one.
///
/// A good sample starts the sum anew. Two nets below it: three falls within 60 s alarm at the
/// third, and no fall lasts longer than 30 s unheard. Invalid time freezes the sum.
struct IntegralDelay: Sendable {
  static let longest = Duration.seconds(30)
  static let crossingWindow = Duration.seconds(60)

  /// Points × nanoseconds so far.
  private var sum: Int64 = 0
  private var elapsed = Duration.zero
  /// The last violating sample, from which the sum goes on.
  private var last: (at: Instant, points: Int64)?
  /// When the saturation fell below the limit, the last three times.
  private var crossings: (Instant?, Instant?, Instant?)

  /// Takes a sample `points` below the limit; `isNew` when the fall begins with it.
  ///
  /// Returns how much longer it may last.
  mutating func take(
    points: Int, isNew: Bool, limit: Int, at now: Instant
  ) -> Duration {
    if isNew {
      (sum, elapsed, last) = (0, .zero, nil)
      crossings = (crossings.1, crossings.2, now)
    }
    add(until: now)
    last = (now, Int64(points))
    if let first = crossings.0, now - first <= Self.crossingWindow { return .zero }
    let missing = max(0, Int64(limit) * 1_000_000_000 - sum)
    let bySum = Duration.nanoseconds((missing + Int64(points) - 1) / Int64(points))
    return max(.zero, min(bySum, Self.longest - elapsed))
  }

  /// The signal is lost: what is summed stays, and grows no more.
  mutating func freeze(at now: Instant) {
    add(until: now)
    last = nil
  }

  private mutating func add(until now: Instant) {
    guard let last else { return }
    sum += last.points * (now - last.at).nanoseconds
    elapsed += now - last.at
  }
}
