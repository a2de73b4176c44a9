/// Pulse rate as an oximeter or a cuff counts it.
///
/// - Unit: beats per minute (`MDC_DIM_BEAT_PER_MIN`).
/// - Range: 18...300, the possible band of `clinical.md` 4.1; outside it a device means "no value".
/// - Code: `MDC_PULS_OXIM_PULS_RATE`, LOINC 8889-8; from a cuff `MDC_PULS_RATE_NON_INV`, 8867-4.
public struct PulseRate: Hashable, Comparable, Sendable {
  public let perMinute: Int

  /// Creates a pulse rate, or `nil` when `perMinute` is not in 18...300.
  public init?(perMinute: Int) {
    guard (18...300).contains(perMinute) else { return nil }
    self.perMinute = perMinute
  }

  public static func < (a: PulseRate, b: PulseRate) -> Bool { a.perMinute < b.perMinute }
}
