/// One value of a ``Policy``: its name in files, where it lives, what it may be.
public struct PolicyField: Sendable {
  /// The name in policy files, such as `spo2.low` (`clinical.md` 2.2).
  public let name: String
  public let path: any WritableKeyPath<Policy, Int> & Sendable
  /// What an administrator may set, and a nurse may loosen to, in units of `1/scale`.
  public let allowed: ClosedRange<Int>
  public let unit: String
  /// Files give the value divided by this: 100 for `1.3` kept as 130.
  public let scale: Int
  /// Which way it becomes stricter.
  public let tightening: Tightening
  /// What a prescriber may set for one session; beyond it the rule would be dead.
  public let outer: ClosedRange<Int>

  init(
    _ name: String, _ path: any WritableKeyPath<Policy, Int> & Sendable,
    _ allowed: ClosedRange<Int>, _ unit: String, scale: Int = 1,
    tighter tightening: Tightening = .lower, outer: ClosedRange<Int>? = nil
  ) {
    self.name = name
    self.path = path
    self.allowed = allowed
    self.unit = unit
    self.scale = scale
    self.tightening = tightening
    self.outer = outer ?? allowed
  }
}

extension Policy {
  /// Every value of a policy, in the order of the policy file.
  public static let fields: [PolicyField] = [
    PolicyField("spo2.low", \.spo2.low, 85...97, "%", tighter: .higher, outer: 80...97),
    PolicyField("spo2.lowDelay", \.spo2.lowDelaySeconds, 0...30, "s"),
    PolicyField("spo2.veryLow", \.spo2.veryLow, 80...90, "%", tighter: .higher, outer: 75...90),
    PolicyField("spo2.veryLowDelay", \.spo2.veryLowDelaySeconds, 0...10, "s"),
    PolicyField("spo2.fall", \.spo2.fall, 3...8, "points", outer: 3...12),
    PolicyField("spo2.fallDelay", \.spo2.fallDelaySeconds, 10...120, "s"),
    PolicyField("spo2.clear", \.spo2.clearSeconds, 1...30, "s", tighter: .higher),
    PolicyField("spo2.integral", \.spo2.integral, 0...100, "points·s"),
    PolicyField("pr.high", \.pulse.high, 100...150, "/min", outer: 100...170),
    PolicyField("pr.highDelay", \.pulse.highDelaySeconds, 0...60, "s"),
    PolicyField("pr.veryHigh", \.pulse.veryHigh, 120...180, "/min", outer: 120...200),
    PolicyField("pr.veryHighDelay", \.pulse.veryHighDelaySeconds, 0...30, "s"),
    PolicyField("pr.low", \.pulse.low, 40...60, "/min", tighter: .higher, outer: 35...60),
    PolicyField("pr.lowDelay", \.pulse.lowDelaySeconds, 0...30, "s"),
    PolicyField("pr.veryLow", \.pulse.veryLow, 30...45, "/min", tighter: .higher, outer: 25...45),
    PolicyField("pr.veryLowDelay", \.pulse.veryLowDelaySeconds, 0...15, "s"),
    PolicyField(
      "pr.relFactor", \.pulse.relativeFactorHundredths, 120...160, "×", scale: 100, outer: 120...200
    ),
    PolicyField("pr.relFloor", \.pulse.relativeFloor, 90...120, "/min"),
    PolicyField("pr.relDelay", \.pulse.relativeDelaySeconds, 30...300, "s"),
    PolicyField("rr.low", \.respiration.low, 6...12, "/min", tighter: .higher, outer: 5...12),
    PolicyField("rr.lowDelay", \.respiration.lowDelaySeconds, 0...60, "s"),
    PolicyField(
      "rr.veryLow", \.respiration.veryLow, 4...10, "/min", tighter: .higher, outer: 4...10),
    PolicyField("rr.veryLowDelay", \.respiration.veryLowDelaySeconds, 0...60, "s"),
    PolicyField("rr.high", \.respiration.high, 20...35, "/min", outer: 20...40),
    PolicyField("rr.highDelay", \.respiration.highDelaySeconds, 0...120, "s"),
    PolicyField("bp.elevSys", \.pressure.elevatedSystolic, 140...175, "mmHg", outer: 140...190),
    PolicyField("bp.elevDia", \.pressure.elevatedDiastolic, 90...105, "mmHg", outer: 90...115),
    PolicyField("bp.repeatSeconds", \.pressure.repeatSeconds, 60...600, "s"),
    PolicyField("bp.critSys", \.pressure.criticalSystolic, 170...200, "mmHg", outer: 170...220),
    PolicyField("bp.critDia", \.pressure.criticalDiastolic, 105...120, "mmHg", outer: 105...130),
    PolicyField(
      "bp.lowSys", \.pressure.lowSystolic, 80...100, "mmHg", tighter: .higher, outer: 70...100),
    PolicyField(
      "bp.veryLowSys", \.pressure.veryLowSystolic, 70...85, "mmHg", tighter: .higher, outer: 60...85
    ),
    PolicyField("bp.lowMap", \.pressure.lowMean, 60...75, "mmHg", tighter: .higher, outer: 55...75),
    PolicyField(
      "bp.veryLowMap", \.pressure.veryLowMean, 50...60, "mmHg", tighter: .higher, outer: 45...60),
    PolicyField("bp.highMap", \.pressure.highMean, 110...140, "mmHg", outer: 110...150),
    PolicyField("bp.infoRise", \.pressure.noteworthyRise, 20...50, "mmHg"),
    PolicyField("bp.infoRisePct", \.pressure.noteworthyRisePercent, 10...40, "%"),
    PolicyField("bp.riseSys", \.pressure.riseSystolic, 30...60, "mmHg", outer: 30...80),
    PolicyField("bp.riseDia", \.pressure.riseDiastolic, 15...40, "mmHg", outer: 15...50),
    PolicyField(
      "bp.fallToPct", \.pressure.fallToPercent, 60...80, "%", tighter: .higher, outer: 50...80),
    PolicyField("tech.sensorOff", \.technical.sensorOffSeconds, 3...30, "s"),
    PolicyField("tech.noData", \.technical.noDataSeconds, 3...30, "s"),
    PolicyField("tech.signalPoorLow", \.technical.signalPoorLowSeconds, 10...60, "s"),
    PolicyField("tech.signalPoorMed", \.technical.signalPoorMediumSeconds, 20...120, "s"),
    PolicyField(
      "tech.lowPerfusionPI", \.technical.lowPerfusionHundredths, 10...100, "%", scale: 100,
      tighter: .higher),
    PolicyField("tech.lowPerfusionDelay", \.technical.lowPerfusionSeconds, 10...120, "s"),
    PolicyField("tech.frozenLow", \.technical.frozenLowSeconds, 30...300, "s"),
    PolicyField("tech.frozenMed", \.technical.frozenMediumSeconds, 60...600, "s"),
    PolicyField(
      "tech.escalateUnackedLoss", \.technical.escalateUnacknowledgedSeconds, 30...120, "s"),
    PolicyField("tech.awayMax", \.technical.awayMaximumSeconds, 300...1200, "s"),
    PolicyField("tech.bpOverdueLow", \.technical.pressureOverdueLowSeconds, 60...300, "s"),
    PolicyField("tech.bpOverdueMed", \.technical.pressureOverdueMediumSeconds, 120...600, "s"),
    PolicyField("tech.stationLost", \.technical.stationLostSeconds, 5...30, "s"),
    PolicyField(
      "observation.ivMinutes", \.observation.intravenousMinutes, 20...45, "min", tighter: .higher),
    PolicyField("observation.min", \.observation.minimumMinutes, 20...45, "min", tighter: .higher),
    PolicyField("observation.max", \.observation.maximumMinutes, 30...60, "min", tighter: .higher),
    PolicyField(
      "observation.spravatoMinutes", \.observation.spravatoMinutes, 120...240, "min",
      tighter: .higher),
    PolicyField(
      "observation.imMinutes", \.observation.intramuscularMinutes, 60...180, "min", tighter: .higher
    ),
    PolicyField(
      "observation.oralMinutes", \.observation.oralMinutes, 60...180, "min", tighter: .higher),
    PolicyField("observation.bpMaxAge", \.observation.pressureMaximumAgeSeconds, 300...900, "s"),
    PolicyField(
      "observation.quietHigh", \.observation.quietAfterHighSeconds, 300...1800, "s",
      tighter: .higher),
    PolicyField(
      "observation.quietOther", \.observation.quietAfterOtherSeconds, 60...900, "s",
      tighter: .higher),
    PolicyField("observation.creditSlack", \.observation.creditSlackSeconds, 0...600, "s"),
    PolicyField(
      "observation.secondSignatureWindow", \.observation.secondSignatureSeconds, 300...1800, "s"),
  ]

  /// The field of this name, or `nil`.
  public static func field(_ name: String) -> PolicyField? { fields.first { $0.name == name } }
}
