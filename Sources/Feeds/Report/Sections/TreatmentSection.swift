import Vitals

/// The drug, its dose and its course.
enum TreatmentSection {
  static func section(_ summary: SessionSummary) -> Section {
    let course = summary.course
    let time = summary.time
    func charted(_ field: String) -> Figure? { summary.newest(field, in: "charted") }
    return Section(
      "Treatment",
      Facts([
        ("Route and preset", summary.route), ("Drug", charted("drug")),
        ("Dose, mg", charted("dose")), ("Weight, kg", charted("weight")),
        ("Dose, mg/kg", summary.dosePerKilogram), ("Lot", charted("lot")),
      ]).html,
      Table(
        ["Dose", "Start", "Why", "End", "Length", "How it ended", "Started by", "Ended by"],
        course.doses.enumerated().map { index, dose in
          [
            Figure("\(index + 1)", .dose(dose.from)).html, time.clock(dose.from).html,
            dose.from.figure("reason").html, dose.to.map { time.clock($0) }.html,
            dose.to.map { Figure.span(dose.from.at, $0.at) }.html,
            dose.to.flatMap { $0.figure("reason") }.html, dose.from.figure("by").html,
            dose.to.flatMap { $0.figure("by") }.html,
          ]
        }
      ).html,
      devices(summary),
      .element("h3", [], [.fixed("Pauses of the dose")]),
      Table(
        ["From", "To", "Length", "By", "Reason"],
        course.pauses.map { pause in
          [
            time.clock(pause.from).html, pause.to.map { time.clock($0) }.html,
            pause.to.map { Figure.span(pause.from.at, $0.at) }.html, pause.from.figure("by").html,
            pause.from.figure("reason").html,
          ]
        }
      ).html)
  }

  /// The sprays of a nasal route; other routes have none to speak of.
  private static func devices(_ summary: SessionSummary) -> HTML {
    let entries = summary.entries("nasalDevice")
    guard !entries.isEmpty else { return .nothing }
    return .joined([
      .element("h3", [], [.fixed("Nasal devices")]),
      Table(
        ["Time", "Device", "Of", "By"],
        entries.map { entry in
          [
            summary.time.clock(entry).html, entry.figure("number").html,
            entry.figure("of").html, entry.figure("by").html,
          ]
        }
      ).html,
    ])
  }
}

/// What was given besides, and the oxygen.
enum MedicationSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Other drugs, oxygen",
      Table(
        ["Time", "Drug", "Class", "Dose", "Lengthens the stay by min", "By"],
        summary.entries("medication").map { entry in
          [
            summary.time.clock(entry).html, entry.figure("name").html,
            entry.figure("class").html, entry.figure("dose").html,
            entry.figure("holdMinutes").html, entry.figure("by").html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Oxygen")]),
      Table(
        ["Time", "Flow l/min", "By"],
        summary.entries("oxygen").map { entry in
          [summary.time.clock(entry).html, entry.figure("flow").html, entry.figure("by").html]
        }
      ).html)
  }
}
