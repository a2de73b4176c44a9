@_exported public import Proving
import Vitals

extension Course {
  /// A blood pressure for expectations, in mmHg and beats per minute.
  static func pressure(_ systolic: Int, _ diastolic: Int, _ mean: Int, _ rate: Int)
    -> BloodPressure
  {
    BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: mean,
      pulseRate: PulseRate(perMinute: rate))!
  }
}
