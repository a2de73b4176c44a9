import Vitals

/// Every alarm of the session.
enum AlarmSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Alarms",
      Table(
        [
          "No.", "Onset", "Min", "Alarm", "Priority", "Value", "Limit", "Acknowledged", "By",
          "Lasted",
        ],
        summary.alarms.enumerated().map { index, episode in row(index, episode, summary) },
        kind: "alarms"
      ).html)
  }

  private static func row(
    _ index: Int, _ episode: AlarmEpisode, _ summary: SessionSummary
  ) -> [HTML] {
    let raised = episode.raised
    let zero = summary.course.doseStart?.at
    let priorities =
      [raised.figure("priority").html]
      + episode.escalations.map { step in
        .line(
          .fixed(", then "), step.figure("priority").html, .fixed(" at "),
          summary.time.clock(step).html)
      }
    return [
      Figure("\(index + 1)", .alarm(raised)).html, summary.time.clock(raised).html,
      zero.map { Figure.span($0, raised.at) }.html, raised.figure("alarm").html,
      .joined(priorities), raised.figure("value").html, raised.figure("limit").html,
      episode.acknowledged.map { summary.time.clock($0) }.html,
      (episode.acknowledged?.figure("by")).html,
      episode.ended.map { Figure.span(raised.at, $0.at).html } ?? .fixed("to the end"),
    ]
  }
}
