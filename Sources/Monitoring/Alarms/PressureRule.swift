import Vitals

/// What the rules on blood pressure look at.
struct PressureContext: Sendable {
  let reading: BloodPressure
  let at: Instant
  /// The valid reading before it.
  let previous: (reading: BloodPressure, at: Instant)?
  let baseline: Baseline?
  let isObserving: Bool
  let policy: Policy.Pressure
}

/// A rule that is judged with every valid blood pressure: one row of the table in `clinical.md`
/// 2.2.
///
/// It clears with the next valid reading that does not violate it.
struct PressureRule: Sendable {
  enum Finding {
    case good
    /// Keeps the alarm if it is on, raises nothing.
    case unchanged
    case violated(Priority, value: Int, limit: Int)
  }

  let id: AlarmID
  let judge: @Sendable (PressureContext) -> Finding

  static let table: [PressureRule] = [
    PressureRule(id: .pressureCritical) { c in
      c.first(
        .high, (c.reading.systolic, atLeast: c.policy.criticalSystolic),
        (c.reading.diastolic, atLeast: c.policy.criticalDiastolic))
    },
    PressureRule(id: .pressureVeryLow) { c in
      c.first(
        .high, (c.reading.systolic, below: c.policy.veryLowSystolic),
        (c.reading.mean, below: c.policy.veryLowMean))
    },
    PressureRule(id: .pressureElevated) { c in
      guard !c.isCritical(c.reading) else { return .unchanged }
      // A single elevated pressure is common under ketamine; the second in a row is not
      // (`clinical.md` 2.1).
      let repeated = c.previous.map {
        c.isElevated($0.reading) && c.at - $0.at >= .seconds(c.policy.repeatSeconds)
      }
      return c.first(
        repeated == true ? .medium : .low,
        (c.reading.systolic, atLeast: c.policy.elevatedSystolic),
        (c.reading.diastolic, atLeast: c.policy.elevatedDiastolic))
    },
    PressureRule(id: .pressureRise) { c in
      guard let baseline = c.baseline else { return .good }
      return c.first(
        c.isObserving ? .medium : .low,
        (c.reading.systolic, atLeast: baseline.systolic + c.policy.riseSystolic),
        (c.reading.diastolic, atLeast: baseline.diastolic + c.policy.riseDiastolic))
    },
    PressureRule(id: .pressureLow) { c in
      c.first(
        .medium, (c.reading.systolic, below: c.policy.lowSystolic),
        (c.reading.mean, below: c.policy.lowMean))
    },
    PressureRule(id: .pressureFall) { c in
      guard let baseline = c.baseline else { return .good }
      return c.first(
        .medium,
        (c.reading.systolic, below: baseline.systolic * c.policy.fallToPercent / 100 + 1))
    },
    PressureRule(id: .meanHigh) { c in
      c.first(.medium, (c.reading.mean, atLeast: c.policy.highMean + 1))
    },
  ]
}

extension PressureContext {
  fileprivate func isElevated(_ reading: BloodPressure) -> Bool {
    reading.systolic >= policy.elevatedSystolic || reading.diastolic >= policy.elevatedDiastolic
  }

  fileprivate func isCritical(_ reading: BloodPressure) -> Bool {
    reading.systolic >= policy.criticalSystolic || reading.diastolic >= policy.criticalDiastolic
  }

  /// A rise that goes on the chart as information, no alarm (`BP_REL_INFO`).
  var isNoteworthyRise: Bool {
    guard let baseline else { return false }
    let rise = reading.systolic - baseline.systolic
    return rise >= policy.noteworthyRise
      || rise * 100 >= baseline.systolic * policy.noteworthyRisePercent
  }

  /// The first number that is too high.
  fileprivate func first(_ priority: Priority, _ highs: (Int, atLeast: Int)...)
    -> PressureRule.Finding
  {
    for (value, limit) in highs where value >= limit {
      return .violated(priority, value: value, limit: limit)
    }
    return .good
  }

  /// The first number that is too low.
  fileprivate func first(_ priority: Priority, _ lows: (Int, below: Int)...)
    -> PressureRule.Finding
  {
    for (value, limit) in lows where value < limit {
      return .violated(priority, value: value, limit: limit)
    }
    return .good
  }
}
