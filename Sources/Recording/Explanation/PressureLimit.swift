import Monitoring
import Vitals

extension Explanation.PressureLimit {
  /// What a rule compares a pressure with, in its order; empty for another rule, and for one that
  /// waits for a baseline.
  static func all(
    of rule: AlarmID, _ policy: Policy.Pressure, _ baseline: Baseline?
  ) -> [Self] {
    func systolic(_ limit: Int, _ field: String) -> Self {
      Self(part: .systolic, limit: limit, field: field)
    }
    func diastolic(_ limit: Int, _ field: String) -> Self {
      Self(part: .diastolic, limit: limit, field: field)
    }
    func mean(_ limit: Int, _ field: String) -> Self {
      Self(part: .mean, limit: limit, field: field)
    }
    switch rule {
    case .pressureElevated:
      return [
        systolic(policy.elevatedSystolic, "bp.elevSys"),
        diastolic(policy.elevatedDiastolic, "bp.elevDia"),
      ]
    case .pressureCritical:
      return [
        systolic(policy.criticalSystolic, "bp.critSys"),
        diastolic(policy.criticalDiastolic, "bp.critDia"),
      ]
    case .pressureLow:
      return [systolic(policy.lowSystolic, "bp.lowSys"), mean(policy.lowMean, "bp.lowMap")]
    case .pressureVeryLow:
      return [
        systolic(policy.veryLowSystolic, "bp.veryLowSys"),
        mean(policy.veryLowMean, "bp.veryLowMap"),
      ]
    case .meanHigh: return [mean(policy.highMean, "bp.highMap")]
    case .pressureRise:
      return baseline.map {
        [
          systolic($0.systolic + policy.riseSystolic, "bp.riseSys"),
          diastolic($0.diastolic + policy.riseDiastolic, "bp.riseDia"),
        ]
      } ?? []
    case .pressureFall:
      return baseline.map {
        [systolic($0.systolic * policy.fallToPercent / 100, "bp.fallToPct")]
      } ?? []
    default: return []
    }
  }

  /// This number of a pressure.
  func value(_ pressure: BloodPressure) -> Int {
    switch part {
    case .systolic: pressure.systolic
    case .diastolic: pressure.diastolic
    case .mean: pressure.mean
    }
  }
}
