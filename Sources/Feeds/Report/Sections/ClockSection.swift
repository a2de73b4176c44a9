/// Where the wall clock was set while the session ran.
enum ClockSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Steps of the wall clock",
      Table(
        ["Wall time after it", "Step in ms"],
        summary.time.steps.map { step in
          [
            summary.time.dateAndClock(step.event).html, step.event.figure("milliseconds").html,
          ]
        }
      ).html)
  }
}

/// What judged, by which rules.
enum SoftwareSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Software and policy",
      Table(
        ["Start of the daemon", "Software", "Policy", "Boot"],
        summary.log.runs.enumerated().map { index, run in
          [
            summary.time.clock(at: run.instant).html,
            Figure(run.software, .run(index, "software")).html,
            Figure(run.policyID, .run(index, "policy")).html,
            Figure(run.boot, .run(index, "boot")).html,
          ]
        }
      ).html)
  }
}
