import Monitoring
import Vitals

/// The discharge criteria as they were judged, and why the patient was not ready earlier.
enum CriteriaSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Discharge criteria",
      .element(
        "p", [], [.fixed("Judged at "), summary.time.clock(at: summary.signOff.judgedAt).html]),
      criteria(summary),
      .element("h3", [], [.fixed("Ready to leave, and why not earlier")]),
      ready(summary),
      waits(summary),
      .element("h3", [], [.fixed("Waivers")]),
      Table(
        ["Time", "Criterion", "By", "Reason"],
        summary.signOff.waivers.map { entry in
          [
            summary.time.clock(entry).html, entry.figure("criterion").html,
            entry.figure("by").html, entry.figure("reason").html,
          ]
        }
      ).html)
  }

  private static func criteria(_ summary: SessionSummary) -> HTML {
    let now = summary.signOff.judgedAt
    return Table(
      ["Criterion", "Found", "Age", "Met", "Waived by"],
      CriterionRow.all(summary).map { row in
        [
          .fixed(row.criterion.words),
          found(row),
          row.foundAt.map { Figure.span($0, now) }.html,
          row.isUnmet.map { $0 ? .fixed("no") : .fixed("yes") } ?? .fixed("not recorded"),
          (row.waiver?.figure("by")).html,
        ]
      }
    ).html
  }

  private static func found(_ row: CriterionRow) -> HTML {
    if row.values.isEmpty { return row.criterion == .activeAlarm ? .fixed("none") : .fixed("–") }
    return .joined(row.values.map { .joined($0.map(HTML.figure), by: "/") }, by: ", ")
  }

  private static func ready(_ summary: SessionSummary) -> HTML {
    guard let ready = summary.signOff.ready else {
      return .element("p", [], [.fixed("The log holds no time at which every criterion was met.")])
    }
    let anchor = summary.observation?.anchor ?? ready.from.at
    return .element(
      "p", [],
      [
        .fixed("Every criterion was first met or waived at "),
        summary.time.clock(ready.from).html, .fixed(", "),
        Figure.span(anchor, ready.from.at).html, .fixed(" after the observation's anchor."),
      ])
  }

  private static func waits(_ summary: SessionSummary) -> HTML {
    Table(
      ["From", "To", "Length", "Not met"],
      summary.signOff.waits.map { wait in
        [
          summary.time.clock(wait.from).html, wait.to.map { summary.time.clock($0) }.html,
          wait.to.map { Figure.span(wait.from.at, $0.at) }.html,
          wait.from.figure("unmet")?.html ?? .fixed("nothing: ready"),
        ]
      }
    ).html
  }
}

extension Criterion {
  /// What a reader sees.
  var words: StaticString {
    switch self {
    case .time: "Observation time, elapsed"
    case .bpAge: "Age of the last blood pressure"
    case .bpRange: "Last blood pressures, systolic and diastolic"
    case .spo2: "SpO2, %"
    case .pulse: "Pulse, /min"
    case .activeAlarm: "Active alarms"
    case .quietPeriod: "Time since the last alarm"
    case .aldrete: "Modified Aldrete score"
    case .padss: "Modified PADSS"
    case .sedation: "Sedation, MOAA/S or POSS"
    case .orientation: "Orientation, of four"
    case .dissociation: "Dissociation"
    case .gait: "Gait"
    case .nausea: "Nausea, vomiting"
    case .escort: "Escort"
    case .ivOut: "Cannula removed"
    case .safety: "Suicidality asked, plan"
    case .teaching: "Instructions given"
    case .fields: "Mandatory fields"
    case .clock: "Certainty of time"
    }
  }
}
