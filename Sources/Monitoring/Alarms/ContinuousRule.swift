import Vitals

/// A rule that is judged with every sample: one row of a table in `RuleTables.swift`.
public struct ContinuousRule: Sendable {
  /// What a rule looks at.
  enum Quantity: Hashable, Sendable {
    case saturation, pulseRate, respiration
    case sign(Sign)
  }

  /// What the device says about its signal, or its signal about the device (`clinical.md` 4.2).
  enum Sign: Hashable, Sendable {
    case noPulse, sensorOff, unusable, lowPerfusion, lowBattery
  }

  public let id: AlarmID
  public let priority: Priority
  public let delay: Duration
  public let clear: Duration
  let quantity: Quantity
  /// How the number is compared; `nil` for a sign without one.
  let comparison: Comparison?
  /// A later priority for a condition that stays: after this long from its raising.
  let later: (after: Duration, priority: Priority)?

  /// The number that a value is compared with, for display.
  public var limit: Int? { comparison?.limit }

  init(
    _ id: AlarmID, _ quantity: Quantity, _ comparison: Comparison? = nil, delay seconds: Int,
    _ priority: Priority, clear clearSeconds: Int = 5,
    later: (after: Int, priority: Priority)? = nil
  ) {
    self.id = id
    self.priority = priority
    self.delay = .seconds(seconds)
    self.clear = .seconds(clearSeconds)
    self.quantity = quantity
    self.comparison = comparison
    self.later = later.map { (.seconds($0.after), $0.priority) }
  }

  /// Whether a cuff on the same limb makes what the rule looks at worthless.
  var isDisturbedByCuff: Bool { quantity != .sign(.lowBattery) && quantity != .respiration }

  /// The number of the sample that the rule looks at; `nil` when there is none to be judged.
  func value(_ sample: OximeterReading) -> Int? {
    switch quantity {
    case .saturation: sample.isUsable ? sample.saturation?.percent : nil
    case .pulseRate: sample.isUsable ? sample.pulseRate?.perMinute : nil
    case .sign(.lowPerfusion): sample.perfusionIndex?.hundredths
    case .respiration, .sign: nil
    }
  }

  /// What one sample says: the rule is violated, it is not, or (`nil`) the sample cannot tell.
  func judge(_ sample: OximeterReading) -> Bool? {
    switch quantity {
    case .saturation, .pulseRate:
      guard let value = value(sample), let comparison else { return nil }
      return comparison.isViolated(by: value)
    case .respiration: return nil
    case .sign(let sign): return judge(sign, sample)
    }
  }

  private func judge(_ sign: Sign, _ sample: OximeterReading) -> Bool? {
    let isOff = !sample.status.isDisjoint(with: .offPatient)
    switch sign {
    case .noPulse:
      // Only a signal that is good says that the pulse is back.
      if isOff { return nil }
      return sample.status.contains(.nonPulsatile) ? true : sample.isUsable ? false : nil
    case .sensorOff: return isOff
    case .unusable: return !sample.isUsable
    case .lowPerfusion:
      if isOff { return nil }
      let isLow = value(sample).flatMap { value in comparison?.isViolated(by: value) }
      return sample.status.contains(.lowPerfusion) || isLow == true
    case .lowBattery: return sample.status.contains(.lowBattery)
    }
  }

  /// Whether a violating number is so improbable that the sensor is worth a look; it alarms all the
  /// same (`clinical.md` 4.1).
  func isImprobable(_ value: Int) -> Bool {
    switch quantity {
    case .saturation: Plausibility.isImprobable(saturation: value)
    case .pulseRate: Plausibility.isImprobable(pulseRate: value)
    case .respiration, .sign: false
    }
  }

  /// The pulse limit in force: a slow baseline lowers it, never below 42 (`clinical.md` 2.2).
  public static func pulseLowLimit(_ policy: Policy, _ baseline: Baseline?) -> Int {
    guard let baseline, baseline.pulseRate < 58 else { return policy.pulse.low }
    return min(policy.pulse.low, max(42, baseline.pulseRate - 8))
  }
}
