import Vitals

/// The time in which a cuff may disturb an oximeter on the same limb (`clinical.md` 4.5).
///
/// From the start of the inflation to 20 s after the measurement's end, at most 90 s. A device that
/// does not tell of its inflation gets 60 s from the order. Determinations in close order, as in
/// STAT mode, share the 90 s, and then the signal counts for 30 s at least: no row of them may keep
/// an oximeter unheard for longer than the manual says.
struct CuffHold: Sendable {
  static let afterEnd = Duration.seconds(20)
  static let longest = Duration.seconds(90)
  static let afterRequest = Duration.seconds(60)
  static let leastHeard = Duration.seconds(30)

  private var chainedFrom: Instant?
  private var until: Instant?

  /// Whether the signal may be disturbed.
  func isOn(at now: Instant) -> Bool { until.map { now < $0 } == true }

  /// The cuff was told to start, and may inflate any moment.
  mutating func request(at now: Instant) {
    let cap = chain(at: now)
    until = min(now + Self.afterRequest, cap)
  }

  /// The cuff has begun to inflate.
  mutating func inflate(at now: Instant) { until = chain(at: now) }

  /// The measurement has ended, in whatever way.
  mutating func end(at now: Instant) {
    guard isOn(at: now), let chainedFrom else { return }
    until = min(now + Self.afterEnd, chainedFrom + Self.longest)
  }

  /// When the hold must end.
  private mutating func chain(at now: Instant) -> Instant {
    let isChained = until.map { now < $0 + Self.leastHeard } == true
    let start = isChained ? chainedFrom ?? now : now
    chainedFrom = start
    return start + Self.longest
  }
}
