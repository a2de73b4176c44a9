public import Monitoring

/// What there is to say about one rule, besides what its state tells (`clinical.md` 2.2, 3.3).
struct RuleFacts: Sendable {
  /// Which number a sample gives the rule, such as `SpO2`; `nil` for a rule on no number.
  var quantity: String?
  /// `%`, `/min`, `mmHg`; of the value and the limit.
  var unit = ""
  /// The value and the limit are kept in units of `1/scale`.
  var scale = 1
  /// How a violating value stands to the limit: `below`, `above`.
  var relation = ""
  /// What the condition is, for a rule on no number: `the sensor was off the patient`.
  var condition = ""
  /// Fields of the policy that give the limit.
  var limits: [String] = []
  /// Fields of the policy that give the delay and later priorities.
  var delays: [String] = []
  /// Why it gets a higher priority while it stays.
  var escalation = ""

  /// By rule; a rule that is missing here is explained by its state alone.
  static let table: [AlarmID: RuleFacts] = [
    .spo2Low: spo2("below", limits: ["spo2.low"], delay: "spo2.lowDelay"),
    .spo2VeryLow: spo2("below", limits: ["spo2.veryLow"], delay: "spo2.veryLowDelay"),
    .spo2Fall: spo2("at or below", limits: ["spo2.fall", "spo2.low"], delay: "spo2.fallDelay"),
    .pulseHigh: pulse("above", limits: ["pr.high"], delay: "pr.highDelay"),
    .pulseVeryHigh: pulse("above", limits: ["pr.veryHigh"], delay: "pr.veryHighDelay"),
    .pulseLow: pulse("below", limits: ["pr.low"], delay: "pr.lowDelay"),
    .pulseVeryLow: pulse("below", limits: ["pr.veryLow"], delay: "pr.veryLowDelay"),
    .pulseRelative: pulse(
      "at or above", limits: ["pr.relFactor", "pr.relFloor"], delay: "pr.relDelay"),
    .noPulse: RuleFacts(condition: "the sensor was on the patient and found no pulse"),
    .respirationLow: breathing("below", limits: ["rr.low"], delay: "rr.lowDelay"),
    .respirationVeryLow: breathing("below", limits: ["rr.veryLow"], delay: "rr.veryLowDelay"),
    .respirationHigh: breathing("above", limits: ["rr.high"], delay: "rr.highDelay"),
    .pressureElevated: pressure(
      "at or above", ["bp.elevSys", "bp.elevDia"], ["bp.repeatSeconds"]),
    .pressureCritical: pressure("at or above", ["bp.critSys", "bp.critDia"]),
    .pressureRise: pressure(
      "at or above", ["bp.riseSys", "bp.riseDia"],
      escalation: "in observation such a rise is no longer expected"),
    .pressureLow: pressure("below", ["bp.lowSys", "bp.lowMap"]),
    .pressureVeryLow: pressure("below", ["bp.veryLowSys", "bp.veryLowMap"]),
    .pressureFall: pressure("at or below", ["bp.fallToPct"]),
    .meanHigh: pressure("above", ["bp.highMap"]),
    .sensorOff: RuleFacts(
      condition: "the sensor was off the patient or disconnected",
      delays: ["tech.sensorOff", "tech.escalateUnackedLoss"],
      escalation: "nobody acknowledged it while the drug was running"),
    .noData: RuleFacts(
      condition: "no frame came from the oximeter",
      delays: ["tech.noData", "tech.escalateUnackedLoss"],
      escalation: "nobody acknowledged it while the drug was running"),
    .signalPoor: RuleFacts(
      condition: "the sensor was on, but its numbers could not be used",
      delays: ["tech.signalPoorLow", "tech.signalPoorMed"], escalation: "it lasted"),
    .lowPerfusion: RuleFacts(
      quantity: "the perfusion index", unit: "%", scale: 100, relation: "below",
      condition: "the device reported low perfusion", limits: ["tech.lowPerfusionPI"],
      delays: ["tech.lowPerfusionDelay"]),
    .frozen: RuleFacts(
      condition: "the oximeter sent the same numbers and the same perfusion index or pulse wave",
      delays: ["tech.frozenLow", "tech.frozenMed"], escalation: "nothing moved yet"),
    .pulseDiscord: RuleFacts(
      condition: "oximeter and cuff counted different pulses in two determinations in a row"),
    .sameLimb: RuleFacts(
      condition: "the oximeter lost its signal with most of the last four inflations"),
    .battery: RuleFacts(
      condition: "a device's battery ran low", escalation: "the battery ran lower"),
    .cuffStuck: RuleFacts(condition: "the cuff kept its pressure for more than 180 s"),
    .stationLink: RuleFacts(condition: "a nurse station fell silent"),
    .notDelivered: RuleFacts(
      condition: "no station confirmed within 5 s that it drew an alarm, or that it sounded it"),
    .stationSilent: RuleFacts(condition: "no station could be heard for 10 s"),
    .cuffFailed: RuleFacts(
      condition: "a determination of the cuff failed", escalation: "it failed again"),
    .pressureOverdue: RuleFacts(
      condition: "a blood pressure that was due did not come",
      delays: ["tech.bpOverdueLow", "tech.bpOverdueMed"], escalation: "it was still missing"),
    .callStop: RuleFacts(
      condition: "the patient called, or somebody asked to stop the infusion",
      escalation: "nobody acknowledged it for 30 s"),
    .awayLong: RuleFacts(
      condition: "the patient was away from the chair", delays: ["tech.awayMax"]),
    .monitoringInterrupted: RuleFacts(
      condition: "the daemon had not been running while the session was open"),
    .logFailing: RuleFacts(
      condition: "what was decided did not reach the disk",
      escalation: "nothing became durable for 10 s"),
  ]

  private static func spo2(_ relation: String, limits: [String], delay: String) -> RuleFacts {
    RuleFacts(
      quantity: "SpO2", unit: "%", relation: relation, limits: limits, delays: [delay])
  }

  private static func pulse(_ relation: String, limits: [String], delay: String) -> RuleFacts {
    RuleFacts(
      quantity: "the pulse", unit: "/min", relation: relation, limits: limits, delays: [delay])
  }

  private static func breathing(
    _ relation: String, limits: [String], delay: String
  ) -> RuleFacts {
    RuleFacts(
      quantity: "the breathing rate", unit: "/min", relation: relation, limits: limits,
      delays: [delay])
  }

  private static func pressure(
    _ relation: String, _ limits: [String], _ delays: [String] = [], escalation: String = ""
  ) -> RuleFacts {
    RuleFacts(
      unit: "mmHg", relation: relation, limits: limits, delays: delays, escalation: escalation)
  }
}

extension AlarmID {
  var facts: RuleFacts { RuleFacts.table[self] ?? RuleFacts(condition: rawValue) }

  /// Whether it is judged with every blood pressure.
  var isOnPressure: Bool { facts.unit == "mmHg" }
}

extension RuleFacts {
  /// A value or limit with its unit, such as `87 %`.
  func text(_ value: Int) -> String {
    let text = number(value)
    return unit.isEmpty ? text : unit.hasPrefix("/") ? text + unit : "\(text) \(unit)"
  }

  /// A value or limit as a number, such as `0.28`.
  func number(_ value: Int) -> String {
    guard scale > 1 else { return "\(value)" }
    return "\(value / scale).\("\(scale + value % scale)".dropFirst())"
  }
}

extension Explanation {
  /// Rules that the table of words has forgotten; a test holds it to be none.
  public static var rulesWithoutWords: [AlarmID] {
    AlarmID.allCases.filter { RuleFacts.table[$0] == nil }
  }
}
