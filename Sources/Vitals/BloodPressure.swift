/// One result of a non-invasive blood-pressure determination.
///
/// - Unit: mmHg (`MDC_DIM_MMHG`) for the pressures.
/// - Range: systolic 30...280, diastolic 10...220, mean 20...250, diastolic < mean < systolic
///   (`clinical.md` 4.1). Anything else is not a pressure and is refused here.
/// - Code: `MDC_PRESS_BLD_NONINV_SYS/DIA/MEAN`, LOINC 8480-6, 8462-4, 8478-0.
public struct BloodPressure: Hashable, Sendable {
  public let systolic: Int
  public let diastolic: Int
  /// Mean arterial pressure as the device measured it; `nil` when it reported none.
  public let measuredMean: Int?
  public let pulseRate: PulseRate?
  public let quality: Quality

  /// How far the numbers may be trusted (`clinical.md` 4.4).
  public enum Quality: String, Hashable, Sendable, CaseIterable {
    case clean
    /// Taken with movement, a loose cuff or a doubt of the device itself: kept, but alone it raises
    /// nothing HIGH and clears nothing.
    case questionable
  }

  /// Creates a blood pressure, or `nil` when the numbers cannot be one.
  public init?(
    systolic: Int, diastolic: Int, mean: Int? = nil, pulseRate: PulseRate? = nil,
    quality: Quality = .clean
  ) {
    guard (30...280).contains(systolic), (10...220).contains(diastolic), diastolic < systolic
    else { return nil }
    if let mean {
      guard (20...250).contains(mean), diastolic < mean, mean < systolic else { return nil }
    }
    self.systolic = systolic
    self.diastolic = diastolic
    self.measuredMean = mean
    self.pulseRate = pulseRate
    self.quality = quality
  }

  /// The measured mean, or (systolic + 2 × diastolic) / 3 rounded half up when there is none.
  public var mean: Int { measuredMean ?? (2 * (systolic + 2 * diastolic) + 3) / 6 }
}
