/// The only registry of outside codes for what we measure (`clinical.md` 5.2).
public enum Codes: String, CaseIterable, Sendable {
  case saturation, pulseRate, perfusionIndex, systolic, diastolic, mean, cuffPulseRate, respiration

  /// The LOINC code.
  public var loinc: String {
    switch self {
    case .saturation: "59408-5"
    case .pulseRate: "8889-8"
    case .perfusionIndex: "61006-3"
    case .systolic: "8480-6"
    case .diastolic: "8462-4"
    case .mean: "8478-0"
    case .cuffPulseRate: "8867-4"
    case .respiration: "9279-1"
    }
  }

  /// The 32-bit ISO/IEEE 11073-10101 code: partition × 65536 + term.
  public var mdc: UInt32 {
    switch self {
    case .saturation: 150_456
    case .pulseRate: 149_530
    case .perfusionIndex: 150_488
    case .systolic: 150_021
    case .diastolic: 150_022
    case .mean: 150_023
    case .cuffPulseRate: 149_546
    case .respiration: 151_562
    }
  }

  /// The UCUM unit.
  public var ucum: String {
    switch self {
    case .saturation, .perfusionIndex: "%"
    case .pulseRate, .cuffPulseRate, .respiration: "/min"
    case .systolic, .diastolic, .mean: "mm[Hg]"
    }
  }
}
