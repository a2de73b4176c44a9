import Vitals

/// A blood pressure as a monitor goes on showing it, long after it was measured.
struct ShownPressure: Hashable, Sendable {
  /// In mmHg.
  var systolic: Int
  var diastolic: Int
  /// `nil` when the monitor shows none.
  var mean: Int?
  var pulseRate: PulseRate?
  /// When it was measured, by the monitor's clock and in its own form.
  ///
  /// Only good to tell one determination from another; `nil` when the monitor does not say.
  var time: UInt64?
  /// The monitor itself doubts the numbers.
  var isQuestionable = false

  /// The outcome to report; numbers in doubt are none, and call for another try.
  var determination: Determination {
    guard !isQuestionable else { return .failed(.weakSignal) }
    return BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: mean, pulseRate: pulseRate
    ).map(Determination.result) ?? .failed(.implausible)
  }
}

/// Tells a new determination from the one that has been standing there.
///
/// New is what has other numbers, or another time, than what was shown before. Numbers that go away
/// and come back are old; so are those at first sight, which may be from the patient before.
struct StandingPressure: Sendable {
  /// Whether to take the first sight at face value: for listeners.
  private let reportsFirst: Bool
  private var hasLooked: Bool
  private var last: ShownPressure?

  init(reportsFirst: Bool = false) {
    self.reportsFirst = reportsFirst
    hasLooked = reportsFirst
  }

  /// Takes what the monitor shows now, `nil` for nothing; returns it when it is new.
  mutating func look(_ shown: ShownPressure?) -> ShownPressure? {
    defer { hasLooked = true }
    guard let shown else { return nil }
    defer { last = shown }
    guard let last else { return hasLooked ? shown : nil }
    return isSame(shown, last) ? nil : shown
  }

  /// Forgets everything: the line was interrupted, and much may have happened.
  mutating func reset() { self = StandingPressure(reportsFirst: reportsFirst) }

  private func isSame(_ a: ShownPressure, _ b: ShownPressure) -> Bool {
    // Numbers that are no longer in doubt were not reported before.
    guard a.systolic == b.systolic, a.diastolic == b.diastolic, a.mean == b.mean,
      a.isQuestionable || !b.isQuestionable
    else { return false }
    guard let time = a.time, let earlier = b.time else { return true }
    return time == earlier
  }
}
