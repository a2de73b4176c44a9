/// Pulsatile share of the oximeter's light signal, PI.
///
/// - Unit: hundredths of a percent, as devices send it.
/// - Range: 0.02...20.00 % (`clinical.md` 4.1). A quality input, never a physiological alarm.
/// - Code: `MDC_BLD_PERF_INDEX`, LOINC 61006-3.
public struct PerfusionIndex: Hashable, Comparable, Sendable {
  public let hundredths: Int

  /// Creates an index, or `nil` when `hundredths` is not in 2...2000.
  public init?(hundredths: Int) {
    guard (2...2000).contains(hundredths) else { return nil }
    self.hundredths = hundredths
  }

  public var percent: Double { Double(hundredths) / 100 }

  public static func < (a: PerfusionIndex, b: PerfusionIndex) -> Bool {
    a.hundredths < b.hundredths
  }
}
