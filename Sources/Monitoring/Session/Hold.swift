import Vitals

/// Why a dose must not start yet, by who may clear it (`clinical.md` 2.5).
public enum HoldClass: Int, Hashable, Comparable, Sendable, CaseIterable {
  case review, hard, stop

  public static func < (a: HoldClass, b: HoldClass) -> Bool { a.rawValue < b.rawValue }

  public var name: String { "\(self)" }

  /// The hold that one pressure before the drug calls for.
  ///
  /// `hard` for a high pressure needs a second one at least 5 min before it that was as high.
  static func calledFor(by reading: BloodPressure, earlier: BloodPressure?) -> HoldClass? {
    func isHigh(_ reading: BloodPressure) -> Bool {
      reading.systolic >= 160 || reading.diastolic >= 100
    }
    if reading.systolic >= 180 || reading.diastolic >= 110 { return .stop }
    if reading.systolic < 90 || (isHigh(reading) && earlier.map(isHigh) == true) { return .hard }
    return reading.systolic > 140 || reading.diastolic > 90 ? .review : nil
  }

  /// The hold that the accepted oximeter baseline calls for, on room air.
  static func calledFor(by baseline: Baseline) -> HoldClass? {
    if baseline.spo2 < 90 { return .stop }
    if baseline.spo2 < 92 || baseline.pulseRate > 120 { return .hard }
    return baseline.spo2 < 94 || baseline.pulseRate > 110 || baseline.pulseRate < 50
      ? .review : nil
  }
}
