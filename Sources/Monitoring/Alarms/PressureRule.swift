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

  /// A rise that goes on the chart as information, no alarm (`BP_REL_INFO`).
  var isNoteworthyRise: Bool {
    guard let baseline else { return false }
    let rise = reading.systolic - baseline.systolic
    return rise >= policy.noteworthyRise
      || rise * 100 >= baseline.systolic * policy.noteworthyRisePercent
  }
}

/// A rule that is judged with every valid blood pressure: one row of the table in `clinical.md`
/// 2.2.
///
/// It clears with the next valid reading that does not violate it.
struct PressureRule: Sendable {
  enum Number: Sendable { case systolic, diastolic, mean }

  /// One number and its limit; a rule is violated by the first that is on the wrong side.
  struct Limit: Sendable {
    let number: Number
    let comparison: Comparison

    init(_ number: Number, _ comparison: Comparison) {
      (self.number, self.comparison) = (number, comparison)
    }
  }

  /// How urgent a violation is.
  enum Urgency: Sendable {
    case always(Priority)
    /// LOW at first; MEDIUM when the reading before it, long enough ago, was so, too.
    case mediumWhenRepeated(afterSeconds: Int)
    /// LOW while the drug runs, MEDIUM once it has ended.
    case mediumInObservation
  }

  enum Finding {
    case good
    /// Keeps the alarm if it is on, raises nothing.
    case unchanged
    case violated(Priority, value: Int, limit: Int)
  }

  let id: AlarmID
  let limits: [Limit]
  let urgency: Urgency
  /// What a worse rule has taken over leaves this one as it is.
  let yieldsTo: [Limit]

  init(_ id: AlarmID, _ urgency: Urgency, _ limits: Limit..., yieldsTo: [Limit] = []) {
    self.id = id
    self.limits = limits
    self.urgency = urgency
    self.yieldsTo = yieldsTo
  }

  /// The table of `clinical.md` 2.2, row for row; relative rules only once there is a baseline.
  static func table(_ p: Policy.Pressure, baseline: Baseline?) -> [PressureRule] {
    let critical: [Limit] = [
      .init(.systolic, .atLeast(p.criticalSystolic)),
      .init(.diastolic, .atLeast(p.criticalDiastolic)),
    ]
    // swift-format-ignore
    let absolute: [PressureRule] = [
      .init(.pressureCritical, .always(.high),   critical[0], critical[1]),
      .init(.pressureVeryLow,  .always(.high),   .init(.systolic, .below(p.veryLowSystolic)), .init(.mean, .below(p.veryLowMean))),
      .init(.pressureElevated, .mediumWhenRepeated(afterSeconds: p.repeatSeconds),
        .init(.systolic, .atLeast(p.elevatedSystolic)), .init(.diastolic, .atLeast(p.elevatedDiastolic)), yieldsTo: critical),
      .init(.pressureLow,      .always(.medium), .init(.systolic, .below(p.lowSystolic)), .init(.mean, .below(p.lowMean))),
      .init(.meanHigh,         .always(.medium), .init(.mean, .above(p.highMean))),
    ]
    guard let b = baseline else { return absolute }
    // swift-format-ignore
    return absolute + [
      .init(.pressureRise, .mediumInObservation,
        .init(.systolic, .atLeast(b.systolic + p.riseSystolic)), .init(.diastolic, .atLeast(b.diastolic + p.riseDiastolic))),
      .init(.pressureFall, .always(.medium), .init(.systolic, .atMost(b.systolic * p.fallToPercent / 100))),
    ]
  }

  func judge(_ c: PressureContext) -> Finding {
    // In doubt nothing worse takes over (yet), so this one speaks.
    if c.reading.quality == .clean, Self.first(yieldsTo, c.reading) != nil { return .unchanged }
    guard let (value, limit) = Self.first(limits, c.reading) else { return .good }
    return .violated(priority(c), value: value, limit: limit)
  }

  private func priority(_ c: PressureContext) -> Priority {
    switch urgency {
    case .always(let priority): return priority
    case .mediumInObservation: return c.isObserving ? .medium : .low
    case .mediumWhenRepeated(let seconds):
      guard let previous = c.previous, c.at - previous.at >= .seconds(seconds) else { return .low }
      return Self.first(limits, previous.reading) == nil ? .low : .medium
    }
  }

  private static func first(_ limits: [Limit], _ reading: BloodPressure) -> (Int, limit: Int)? {
    for limit in limits {
      let value =
        switch limit.number {
        case .systolic: reading.systolic
        case .diastolic: reading.diastolic
        case .mean: reading.mean
        }
      if limit.comparison.isViolated(by: value) { return (value, limit.comparison.limit) }
    }
    return nil
  }
}
