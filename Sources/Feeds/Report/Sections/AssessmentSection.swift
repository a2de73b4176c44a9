/// What the patient felt, and what people judged, each time.
enum AssessmentSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Symptoms, scores and answers",
      Table(
        ["Time", "Symptom", "Severity", "By"],
        summary.entries("symptom").map { entry in
          [
            summary.time.clock(entry).html, entry.figure("name").html,
            entry.figure("severity").html, entry.figure("by").html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Scores with their items")]),
      Table(
        ["Time", "Findings", "By"],
        summary.entries("assessed").map { entry in
          [summary.time.clock(entry).html, .items(of: entry), entry.figure("by").html]
        }
      ).html)
  }
}

extension HTML {
  /// Every field of an entry that is not shown elsewhere in its row, by name.
  static func items(
    of event: LogEvent, besides shown: Set<String> = ["t", "chair", "event", "what", "by"]
  ) -> HTML {
    guard case .object(let members) = event.body else { return .fixed("–") }
    let items = members.filter { !shown.contains($0.name) }.compactMap { member -> HTML? in
      event.figure(member.name).map {
        .line(
          Figure(LogEvent.spelled(member.name), .fieldName(event, member.name)).html, .fixed(": "),
          $0.html)
      }
    }
    return items.isEmpty ? .fixed("–") : .joined(items, by: "; ")
  }
}
