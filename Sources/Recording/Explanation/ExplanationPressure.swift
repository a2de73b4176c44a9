import Monitoring
import Vitals

/// What is to say about rules that are judged with each valid blood pressure.
extension Explanation {
  /// Which number of which reading violated which limit, and why with this priority.
  func pressureCause(of step: AlarmCourse.Step) -> String {
    guard let reading = moments.last(where: { $0.at <= step.at }), let pressure = reading.pressure
    else { return rule.facts.condition }
    let limit = pressureLimits.first {
      $0.limit == step.limit && $0.value(pressure) == step.value
    }
    let part = limit.map { "\($0.part.rawValue) " } ?? ""
    return "the reading \(Self.text(pressure)) at \(Self.time(reading.at)) had \(part)"
      + "\(step.value ?? 0) mmHg, \(rule.facts.relation) the limit of \(step.limit ?? 0) mmHg"
      + why(of: step, at: reading.at)
  }

  /// Why the priority is what it is, for rules with two.
  private func why(of step: AlarmCourse.Step, at instant: Instant) -> String {
    switch rule {
    case .pressureElevated:
      guard let before = reading(before: instant), let pressure = before.pressure else {
        return "; \(step.priority.name), being the first reading"
      }
      let apart = Self.seconds(instant - before.at)
      let limits = pressureLimits.map { "\($0.limit)" }.joined(separator: "/")
      let isElevated = pressureLimits.contains { $0.value(pressure) >= $0.limit }
      guard step.priority < .medium else {
        return "; medium by the repeat rule, since the reading before it, \(Self.text(pressure)) "
          + "\(apart) earlier, was also not below \(limits)"
      }
      return "; low, since the reading before it, \(Self.text(pressure)) \(apart) earlier, "
        + (isElevated ? "is nearer than bp.repeatSeconds" : "was below \(limits)")
    case .pressureRise where step.priority == .medium:
      return "; medium in observation, where such a rise is no longer expected"
    case .pressureRise: return "; low while the drug may explain it"
    default: return ""
    }
  }

  /// Why a rule on pressures did not ring earlier.
  var pressureBefore: [String] {
    guard let alarm else { return [] }
    let numbers = pressureLimits.map { "\($0.part.rawValue) \($0.limit)" }
    let limits = numbers.joined(separator: ", ")
    guard let before = reading(before: alarm.raised.at), let pressure = before.pressure else {
      return ["It is judged with each valid reading; there was none before."]
    }
    let between = failures.filter { $0.at > before.at && $0.at <= alarm.raised.at }
    let failed = between.map { "\(Self.time($0.at)) (\($0.why.rawValue))" }
    let verdict =
      before.violates == true
      ? "violated it as well, and the alarm of that reading had ended" : "did not violate it"
    return [
      "It did not ring earlier since it is judged with each valid reading, and the one before, "
        + "\(Self.text(pressure)) at \(Self.time(before.at)), \(verdict) (limits: \(limits))."
    ]
      + (failed.isEmpty
        ? [] : ["Determinations in between failed at \(failed.joined(separator: ", "))."])
  }

  private func reading(before instant: Instant) -> Moment? { moments.last { $0.at < instant } }

  /// `168/101 (mean 123)`.
  static func text(_ pressure: BloodPressure) -> String {
    "\(pressure.systolic)/\(pressure.diastolic) (mean \(pressure.mean))"
  }
}
