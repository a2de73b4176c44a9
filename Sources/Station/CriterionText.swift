import Monitoring
import Recording
import Vitals

/// One discharge criterion in JSON, with what to do about it.
enum CriterionText {
  static func add(
    _ report: CriterionReport, _ monitor: ChairMonitor, at now: Instant, to row: inout JSONLine
  ) {
    let criterion = report.criterion
    row.add("criterion", criterion.rawValue)
    row.add(orNull: "value", report.value)
    row.add(orNull: "ageSeconds", report.age?.wholeSeconds)
    row.add("pass", report.passes)
    row.add("waived", report.isWaived)
    row.add("waivable", report.waivability.rawValue)
    let isAsked = !report.passes && report.waivability != .never
    let against = isAsked ? monitor.reasonAgainstWaiving(criterion, at: now) : nil
    row.add("canWaive", isAsked && against == nil)
    row.add(orNull: "waiverLacks", against?.explanation)
    row.add(orNull: "remedy", report.passes ? nil : remedy(criterion))
  }

  private static func remedy(_ criterion: Criterion) -> String {
    switch criterion {
    case .time: "Wait; nothing shortens the observation"
    case .bpAge: "Measure the blood pressure"
    case .bpRange: "Measure again at least 5 min after the last reading"
    case .spo2: "Room air for 15 min; keep the sensor on for 5 min"
    case .pulse: "Keep the sensor on; let the patient rest"
    case .activeAlarm: "Look at the patient; acknowledge the alarms"
    case .quietPeriod: "Wait 10 min after a HIGH alarm, 5 min after another"
    case .aldrete: "Score 9 or more, no item 0"
    case .padss: "Score 9 or more"
    case .sedation: "MOAA/S 5 or POSS 1"
    case .orientation: "Ask for name, place, day and why here"
    case .dissociation: "Ask the patient: 0 or 1, or back to usual"
    case .gait: "Let the patient stand for 1 min and walk 5 m"
    case .nausea: "3 or less, and 15 min since vomiting"
    case .escort: "A responsible adult, with name and contact"
    case .ivOut: "Remove the cannula, check the site"
    case .safety: "Ask about suicidal thoughts; make a plan if so"
    case .teaching: "Give instructions and the number to call"
    case .fields: "Fill in what is missing on the chart"
    case .clock: "A prescriber decides"
    }
  }
}
