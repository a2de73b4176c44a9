public import Vitals

/// The two clocks of the observation after a dose (`clinical.md` 1.4).
///
/// Both must be satisfied.
///
/// `elapsed` runs from the anchor and never pauses. `credit` counts only time with the patient in
/// the chair and a live oximeter. Nothing shortens the observation below what is required.
public struct ObservationClock: Hashable, Sendable {
  public let anchor: Instant
  public let required: Duration
  /// How much credit may fall short of `required`.
  public let slack: Duration
  public private(set) var holdUntil: Instant?
  private var banked = Duration.zero
  private var creditingSince: Instant?

  /// Starts at `anchor`, with credit running from then on.
  public init(anchor: Instant, required: Duration, slack: Duration, isCrediting: Bool) {
    self.anchor = anchor
    self.required = required
    self.slack = slack
    creditingSince = isCrediting ? anchor : nil
  }

  public func elapsed(at now: Instant) -> Duration { now - anchor }

  public func credit(at now: Instant) -> Duration {
    banked + (creditingSince.map { now - $0 } ?? .zero)
  }

  public func remaining(at now: Instant) -> Duration {
    max(
      required - elapsed(at: now), required - slack - credit(at: now),
      holdUntil.map { $0 - now } ?? .zero, .zero)
  }

  /// Starts or stops the credit from `instant` on.
  public mutating func setCrediting(_ isCrediting: Bool, at instant: Instant) {
    guard isCrediting != (creditingSince != nil) else { return }
    if let since = creditingSince { banked += instant - since }
    creditingSince = isCrediting ? instant : nil
  }

  /// Makes the observation last at least until `instant`.
  ///
  /// Never shortens it.
  public mutating func hold(until instant: Instant) {
    holdUntil = max(holdUntil ?? instant, instant)
  }
}
