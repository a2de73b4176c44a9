public import Vitals

/// Why a dose must not start yet, by who may clear it (`clinical.md` 2.5).
public enum HoldClass: Int, Hashable, Comparable, Sendable, CaseIterable {
  case review, hard, stop

  public static func < (a: HoldClass, b: HoldClass) -> Bool { a.rawValue < b.rawValue }

  public var name: String { "\(self)" }

  /// The hold that one pressure before the drug calls for.
  ///
  /// `hard` for a high pressure needs a second one at least 5 min before it that was as high. For
  /// esketamine over 65 years a review begins above 150 mmHg.
  static func calledFor(
    by reading: BloodPressure, earlier: BloodPressure?, reviewAbove: Int = 140
  ) -> HoldClass? {
    func isHigh(_ reading: BloodPressure) -> Bool {
      reading.systolic >= 160 || reading.diastolic >= 100
    }
    if reading.systolic >= 180 || reading.diastolic >= 110 { return .stop }
    if reading.systolic < 90 || (isHigh(reading) && earlier.map(isHigh) == true) { return .hard }
    return reading.systolic > reviewAbove || reading.diastolic > 90 ? .review : nil
  }

  /// The hold that the accepted oximeter baseline calls for, on room air.
  static func calledFor(by baseline: Baseline) -> HoldClass? {
    if baseline.spo2 < 90 { return .stop }
    if baseline.spo2 < 92 || baseline.pulseRate > 120 { return .hard }
    return baseline.spo2 < 94 || baseline.pulseRate > 110 || baseline.pulseRate < 50
      ? .review : nil
  }
}

/// A hold and where it comes from.
public struct Hold: Hashable, Sendable {
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    case pressure, oximeter, checklist, person
  }

  /// Two normal readings so far apart lift a review that a reading called for.
  static let normalFor = Duration.seconds(300)

  public internal(set) var level: HoldClass
  public let cause: Cause
  public internal(set) var declaredAt: Instant
  /// Since when every reading of this kind was normal.
  var normalSince: Instant?

  /// Takes another reading of the kind that called for it; true when two were normal 5 min apart.
  mutating func takesNormal(at now: Instant) -> Bool {
    let since = normalSince ?? now
    normalSince = since
    return level == .review && now - since >= Self.normalFor
  }
}
