/// The rules on what flows, row for row as in `clinical.md`.
///
/// Columns: id, what is looked at, the violation, delay in seconds, priority; `clear` in seconds
/// where it is not 5, `later` for a priority that comes with time.
extension ContinuousRule {
  /// Every rule on oximeter samples under this policy; those that compare with a baseline only
  /// once there is one.
  static func table(_ policy: Policy, baseline: Baseline?) -> [ContinuousRule] {
    physiological(policy, baseline) + technical(policy.technical)
      + (baseline.map { relative(policy, $0) } ?? [])
  }

  /// `clinical.md` 2.2, absolute limits.
  private static func physiological(_ policy: Policy, _ baseline: Baseline?) -> [ContinuousRule] {
    let (o, p) = (policy.spo2, policy.pulse)
    let low = pulseLowLimit(policy, baseline)
    // swift-format-ignore
    return [
      .init(.spo2VeryLow,   .saturation, .below(o.veryLow),  delay: o.veryLowDelaySeconds,  .high, clear: o.clearSeconds),
      .init(.spo2Low,       .saturation, .below(o.low),      delay: o.lowDelaySeconds,      .medium, clear: o.clearSeconds),
      .init(.pulseVeryHigh, .pulseRate,  .above(p.veryHigh), delay: p.veryHighDelaySeconds, .high),
      .init(.pulseHigh,     .pulseRate,  .above(p.high),     delay: p.highDelaySeconds,     .medium),
      .init(.pulseVeryLow,  .pulseRate,  .below(p.veryLow),  delay: p.veryLowDelaySeconds,  .high),
      .init(.pulseLow,      .pulseRate,  .below(low),        delay: p.lowDelaySeconds,      .medium),
      .init(.noPulse,       .sign(.noPulse),                 delay: 10,                     .high),
    ]
  }

  /// `clinical.md` 2.2, limits from the patient's own baseline.
  private static func relative(_ policy: Policy, _ baseline: Baseline) -> [ContinuousRule] {
    let (o, p) = (policy.spo2, policy.pulse)
    let fall = min(94, baseline.spo2 - o.fall)
    let rise = max(
      (baseline.pulseRate * p.relativeFactorHundredths + 99) / 100, p.relativeFloor + 1)
    // swift-format-ignore
    return [
      .init(.spo2Fall,      .saturation, .within(o.low, fall), delay: o.fallDelaySeconds,     .low, clear: o.clearSeconds),
      .init(.pulseRelative, .pulseRate,  .atLeast(rise),       delay: p.relativeDelaySeconds, .low),
    ]
  }

  /// `clinical.md` 3.3, what the oximeter says of its signal and of itself.
  private static func technical(_ t: Policy.Technical) -> [ContinuousRule] {
    let medium = t.signalPoorMediumSeconds - t.signalPoorLowSeconds
    // swift-format-ignore
    return [
      .init(.sensorOff,    .sign(.sensorOff),  delay: t.sensorOffSeconds, .medium, clear: 3, later: (t.escalateUnacknowledgedSeconds, .high)),
      .init(.signalPoor,   .sign(.unusable),   delay: t.signalPoorLowSeconds, .low, clear: 10, later: (medium, .medium)),
      .init(.lowPerfusion, .sign(.lowPerfusion), .below(t.lowPerfusionHundredths), delay: t.lowPerfusionSeconds, .low, clear: 10),
      .init(.battery,      .sign(.lowBattery), delay: 0, .low),
    ]
  }

  /// `clinical.md` 2.2, breathing; judged only where a source exists.
  static func respirationTable(_ r: Policy.Respiration) -> [ContinuousRule] {
    // swift-format-ignore
    [
      .init(.respirationVeryLow, .respiration, .below(r.veryLow), delay: r.veryLowDelaySeconds, .high),
      .init(.respirationLow,     .respiration, .below(r.low),     delay: r.lowDelaySeconds,     .medium),
      .init(.respirationHigh,    .respiration, .above(r.high),    delay: r.highDelaySeconds,    .low),
    ]
  }
}
