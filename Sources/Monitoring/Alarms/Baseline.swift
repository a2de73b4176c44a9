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

/// What there is so far for a baseline that nobody has accepted yet.
public struct BaselineDraft: Hashable, Sendable {
  /// Medians of the valid oximeter seconds; `nil` before there are any.
  public let spo2: Int?
  public let pulseRate: Int?
  /// How many of those seconds there are.
  public let seconds: Int
  /// The pressure as the readings make it; `nil` while they do not.
  public let systolic: Int?
  public let diastolic: Int?
  /// Pressures taken after the patient has sat quietly for long enough.
  public let restedPressures: Int
  public let seatedFor: Duration?
}
