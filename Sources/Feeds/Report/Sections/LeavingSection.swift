/// Who took the patient home, when, and what was said.
enum LeavingSection {
  static func section(_ summary: SessionSummary) -> Section {
    func charted(_ field: String) -> Figure? { summary.newest(field, in: "charted") }
    return Section(
      "Escort, instructions, departure",
      Facts([
        ("Escort", charted("escortName")), ("Contact", charted("escortContact")),
        ("Written instructions", summary.newest("teaching", in: "assessed")),
        ("Crisis-line handout", summary.newest("crisisLine", in: "assessed")),
      ]).html,
      Table(
        ["Time", "What", "Details", "By"],
        summary.entries("escort", "departed", "handoverDone", "leftAgainstAdvice").map { entry in
          [
            summary.time.clock(entry).html, entry.spelled("what").html, .items(of: entry),
            entry.figure("by").html,
          ]
        }
      ).html)
  }
}
