/// Breaths per minute, from a monitor or counted by a person.
///
/// - Unit: breaths per minute (`MDC_DIM_RESP_PER_MIN`).
/// - Range: 0...120. Nobody breathing is a finding and no missing value, so 0 is one of them.
/// - Code: `MDC_RESP_RATE`, LOINC 9279-1 (`clinical.md` 5.2).
public struct RespirationRate: Hashable, Comparable, Sendable {
  public let perMinute: Int

  /// Creates a rate, or `nil` when `perMinute` is not in 0...120.
  public init?(perMinute: Int) {
    guard (0...120).contains(perMinute) else { return nil }
    self.perMinute = perMinute
  }

  public static func < (a: RespirationRate, b: RespirationRate) -> Bool {
    a.perMinute < b.perMinute
  }
}
