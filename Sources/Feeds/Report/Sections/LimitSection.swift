import Monitoring

/// The limits in force, and every change of one.
enum LimitSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Alarm limits",
      .element("h3", [], [.fixed("Changes during the session")]),
      Table(
        ["Time", "Limit", "From", "To", "By", "Reason"],
        summary.entries("limitChanged").map { entry in
          [
            summary.time.clock(entry).html, entry.figure("field").html,
            entry.figure("from").html, entry.figure("to").html, entry.figure("by").html,
            entry.figure("reason").html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("In force at the start, as the policy gives them")]),
      summary.log.runs.first.map(inForce) ?? Section.none)
  }

  private static func inForce(_ run: LogRun) -> HTML {
    .element(
      "ul", [.kind("three")],
      Policy.fields.map { field in
        .element(
          "li", [],
          [
            .element("span", [], [Figure(field.name, .policyName(field.name)).html]),
            .element(
              "span", [],
              [
                Figure(field.text(run.policy[keyPath: field.path]), .policy(field.name)).html,
                .fixed(" "), Figure(field.unit, .policyName(field.name)).html,
              ]),
          ])
      })
  }
}

extension PolicyField {
  /// A value as policy files write it: `92`, `1.3`.
  func text(_ value: Int) -> String {
    guard scale > 1 else { return "\(value)" }
    return ChartPlane.short(Double(value) / Double(scale))
  }
}
