/// Functional oxygen saturation of arterial haemoglobin, SpO2.
///
/// - Unit: percent, whole numbers (`MDC_DIM_PERCENT`).
/// - Range: 1...100; what a sensor can mean (`clinical.md` 4.1). 0 and 127 are "no value" on the
///   wire and never become a saturation.
/// - Code: `MDC_PULS_OXIM_SAT_O2`, LOINC 59408-5.
public struct Saturation: Hashable, Comparable, Sendable {
  public let percent: Int

  /// Creates a saturation, or `nil` when `percent` is not in 1...100.
  public init?(percent: Int) {
    guard (1...100).contains(percent) else { return nil }
    self.percent = percent
  }

  public static func < (a: Saturation, b: Saturation) -> Bool { a.percent < b.percent }
}
