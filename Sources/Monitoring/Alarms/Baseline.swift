/// The patient's own values before the drug, accepted by a person (`clinical.md` 1.3).
public struct Baseline: Hashable, Sendable {
  /// Median of at least 60 valid seconds, percent.
  public let spo2: Int
  /// Median of at least 60 valid seconds, beats per minute.
  public let pulseRate: Int
  /// mmHg.
  public let systolic: Int
  /// mmHg.
  public let diastolic: Int

  public init(spo2: Int, pulseRate: Int, systolic: Int, diastolic: Int) {
    self.spo2 = spo2
    self.pulseRate = pulseRate
    self.systolic = systolic
    self.diastolic = diastolic
  }
}
