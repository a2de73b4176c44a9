/// What was asked, found and decided before the drug.
enum PreparationSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Before the dose",
      Facts([
        ("Consent", summary.newest("consent", in: "charted")),
        ("Fasting", summary.newest("fasting", in: "charted")),
      ]).html,
      .element("h3", [], [.fixed("Checklist")]),
      Table(
        ["Time", "Answers", "By"],
        summary.entries("checklist").map { entry in
          [summary.time.clock(entry).html, .items(of: entry), entry.figure("by").html]
        }
      ).html,
      .element("h3", [], [.fixed("Holds and decisions")]),
      holds(summary),
      .element("h3", [], [.fixed("Accepted baseline")]),
      baselines(summary))
  }

  private static func holds(_ summary: SessionSummary) -> HTML {
    Table(
      ["Time", "Step", "Class", "By", "Reason", "Second reading"],
      summary.entries("holdDeclared", "holdCleared").map { entry in
        [
          summary.time.clock(entry).html,
          entry.what == "holdDeclared" ? .fixed("declared") : .fixed("cleared"),
          entry.figure("class").html, entry.figure("by").html, entry.figure("reason").html,
          .pressure(of: entry),
        ]
      }
    ).html
  }

  private static func baselines(_ summary: SessionSummary) -> HTML {
    Table(
      ["Time", "SpO2 %", "Pulse /min", "BP mmHg", "Breaths /min", "Source", "Accepted by"],
      summary.entries("baseline").map { entry in
        [
          summary.time.clock(entry).html, entry.figure("spo2").html, entry.figure("pr").html,
          .pressure(of: entry), entry.figure("rr").html, entry.figure("source").html,
          entry.figure("by").html,
        ]
      }
    ).html
  }
}

extension HTML {
  /// `138/84`, or a dash.
  static func pressure(of event: LogEvent) -> HTML {
    guard let systolic = event.figure("sbp"), let diastolic = event.figure("dbp") else {
      return .fixed("–")
    }
    return .line(systolic.html, .fixed("/"), diastolic.html)
  }
}
