public import Vitals

/// The two clocks of the observation after a dose (`clinical.md` 1.4).
///
/// Both must be satisfied.
///
/// `elapsed` runs from the anchor and never pauses. `credit` counts only time with the patient in
/// the chair and a live oximeter. Nothing shortens the observation below what is required.
public struct ObservationClock: Hashable, Sendable {
  public let anchor: Instant
  public private(set) var required: Duration
  /// How much credit may fall short of `required`.
  public let slack: Duration
  public private(set) var holdUntil: Instant?
  /// The end of the time that the route asks for after its dose or window.
  public internal(set) var notBefore: Instant?
  /// Time of which nobody knows how long it was: it does not count.
  public private(set) var uncertainty = Duration.zero
  /// When credit ran; the last span may be open.
  private var spans: [Span] = []

  private struct Span: Hashable {
    var from: Instant
    var to: Instant?
  }

  /// Starts at `anchor`, with credit running from then on.
  public init(anchor: Instant, required: Duration, slack: Duration, isCrediting: Bool) {
    self.anchor = anchor
    self.required = required
    self.slack = slack
    if isCrediting { spans = [Span(from: anchor)] }
  }

  public func elapsed(at now: Instant) -> Duration { now - anchor - uncertainty }

  public func credit(at now: Instant) -> Duration {
    spans.reduce(.zero) { $0 + (($1.to ?? now) - $1.from) }
  }

  public func remaining(at now: Instant) -> Duration {
    max(
      shortfall(of: required, at: now), notBefore.map { $0 - now } ?? .zero, held(at: now))
  }

  /// What of so much time has not passed yet, or was not watched.
  func shortfall(of required: Duration, at now: Instant) -> Duration {
    max(required - elapsed(at: now), required - slack - credit(at: now), .zero)
  }

  /// How long a drug or a person still keeps the patient.
  func held(at now: Instant) -> Duration { max(holdUntil.map { $0 - now } ?? .zero, .zero) }

  /// Starts or stops the credit from `instant` on.
  public mutating func setCrediting(_ isCrediting: Bool, at instant: Instant) {
    let isOpen = spans.last.map { $0.to == nil } == true
    guard isCrediting != isOpen else { return }
    if isCrediting {
      spans.append(Span(from: instant))
    } else {
      spans[spans.count - 1].to = instant
    }
  }

  /// Takes back what was credited between two instants, `end` being now.
  public mutating func discard(from start: Instant, to end: Instant) {
    let isOpen = spans.last.map { $0.to == nil } == true
    spans = spans.compactMap { span in
      let to = min(span.to ?? end, start)
      return to > span.from ? Span(from: span.from, to: to) : nil
    }
    if isOpen { spans.append(Span(from: end)) }
  }

  /// Notes that so much of the time since the anchor may not have been.
  public mutating func doubt(_ duration: Duration) { uncertainty = uncertainty + duration }

  /// Asks for more or less from now on.
  mutating func require(_ duration: Duration) { required = duration }

  /// Makes the observation last at least until `instant`.
  ///
  /// Never shortens it.
  public mutating func hold(until instant: Instant) {
    holdUntil = max(holdUntil ?? instant, instant)
  }
}
