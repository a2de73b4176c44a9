import Vitals

/// A rule that is judged with every oximeter sample: one row of the table in `clinical.md` 2.2.
public struct ContinuousRule: Sendable {
  /// What one sample says: the rule is violated, it is not, or (`nil`) the sample cannot tell.
  typealias Judge = @Sendable (OximeterReading) -> Bool?

  public let id: AlarmID
  public let priority: Priority
  public let delay: Duration
  public let clear: Duration
  /// The number that a value is compared with, for display.
  public let limit: Int?
  /// Which number of the sample the rule looks at, for display.
  let value: @Sendable (OximeterReading) -> Int?
  let judge: Judge
  /// A later priority for a condition that stays: after this long from its raising.
  let later: (after: Duration, priority: Priority)?

  init(
    _ id: AlarmID, _ priority: Priority, delay seconds: Int, clear clearSeconds: Int = 5,
    limit: Int? = nil, value: @escaping @Sendable (OximeterReading) -> Int? = { _ in nil },
    later: (after: Duration, priority: Priority)? = nil, judge: @escaping Judge
  ) {
    self.id = id
    self.priority = priority
    self.delay = .seconds(seconds)
    self.clear = .seconds(clearSeconds)
    self.limit = limit
    self.value = value
    self.judge = judge
    self.later = later
  }

  /// A rule on the saturation, in percent; unusable samples say nothing.
  private static func spo2(
    _ id: AlarmID, _ priority: Priority, delay: Int, clear: Int, limit: Int,
    _ violates: @escaping @Sendable (Int) -> Bool
  ) -> ContinuousRule {
    let value: @Sendable (OximeterReading) -> Int? = {
      $0.isUsable ? $0.saturation?.percent : nil
    }
    return ContinuousRule(
      id, priority, delay: delay, clear: clear, limit: limit, value: value
    ) { value($0).map(violates) }
  }

  /// A rule on the pulse rate, in beats per minute; unusable samples say nothing.
  private static func pulse(
    _ id: AlarmID, _ priority: Priority, delay: Int, limit: Int,
    _ violates: @escaping @Sendable (Int) -> Bool
  ) -> ContinuousRule {
    let value: @Sendable (OximeterReading) -> Int? = {
      $0.isUsable ? $0.pulseRate?.perMinute : nil
    }
    return ContinuousRule(id, priority, delay: delay, limit: limit, value: value) {
      value($0).map(violates)
    }
  }

  /// The pulse limit in force: a slow baseline lowers it, never below 42 (`clinical.md` 2.2).
  public static func pulseLowLimit(_ policy: Policy, _ baseline: Baseline?) -> Int {
    guard let baseline, baseline.pulseRate < 58 else { return policy.pulse.low }
    return min(policy.pulse.low, max(42, baseline.pulseRate - 8))
  }

  /// Every rule on oximeter samples under this policy; those that compare with a baseline only
  /// once there is one.
  static func table(_ policy: Policy, baseline: Baseline?) -> [ContinuousRule] {
    let (spo2, pulse, technical) = (policy.spo2, policy.pulse, policy.technical)
    let clear = spo2.clearSeconds
    let pulseLow = pulseLowLimit(policy, baseline)
    var rules: [ContinuousRule] = [
      .spo2(
        .spo2VeryLow, .high, delay: spo2.veryLowDelaySeconds, clear: clear, limit: spo2.veryLow
      ) { $0 < spo2.veryLow },
      .spo2(.spo2Low, .medium, delay: spo2.lowDelaySeconds, clear: clear, limit: spo2.low) {
        $0 < spo2.low
      },
      .pulse(
        .pulseVeryHigh, .high, delay: pulse.veryHighDelaySeconds, limit: pulse.veryHigh
      ) { $0 > pulse.veryHigh },
      .pulse(.pulseHigh, .medium, delay: pulse.highDelaySeconds, limit: pulse.high) {
        $0 > pulse.high
      },
      .pulse(.pulseVeryLow, .high, delay: pulse.veryLowDelaySeconds, limit: pulse.veryLow) {
        $0 < pulse.veryLow
      },
      .pulse(.pulseLow, .medium, delay: pulse.lowDelaySeconds, limit: pulseLow) { $0 < pulseLow },
      ContinuousRule(.noPulse, .high, delay: 10) {
        $0.status.isDisjoint(with: .offPatient) ? $0.status.contains(.nonPulsatile) : nil
      },
      ContinuousRule(.sensorOff, .medium, delay: technical.sensorOffSeconds, clear: 3) {
        !$0.status.isDisjoint(with: .offPatient)
      },
      ContinuousRule(
        .signalPoor, .low, delay: technical.signalPoorLowSeconds, clear: 10,
        later: (
          .seconds(technical.signalPoorMediumSeconds - technical.signalPoorLowSeconds), .medium
        )
      ) {
        // A sensor that is off says so itself; its consequence is not reported beside it.
        $0.status.isDisjoint(with: .offPatient) && !$0.status.contains(.nonPulsatile)
          && !$0.isUsable
      },
      ContinuousRule(
        .lowPerfusion, .low, delay: technical.lowPerfusionSeconds, clear: 10,
        limit: technical.lowPerfusionHundredths,
        value: { $0.perfusionIndex?.hundredths }
      ) {
        guard $0.status.isDisjoint(with: .offPatient) else { return nil }
        let index = $0.perfusionIndex?.hundredths
        return $0.status.contains(.lowPerfusion)
          || index.map { $0 < technical.lowPerfusionHundredths } == true
      },
    ]
    guard let baseline else { return rules }
    let fallLimit = min(94, baseline.spo2 - spo2.fall)
    let relative = max(
      (baseline.pulseRate * pulse.relativeFactorHundredths + 99) / 100, pulse.relativeFloor + 1)
    rules += [
      .spo2(.spo2Fall, .low, delay: spo2.fallDelaySeconds, clear: clear, limit: fallLimit) {
        $0 <= fallLimit && $0 >= spo2.low
      },
      .pulse(.pulseRelative, .low, delay: pulse.relativeDelaySeconds, limit: relative) {
        $0 >= relative
      },
    ]
    return rules
  }
}
