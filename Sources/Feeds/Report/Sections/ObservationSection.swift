import Vitals

/// The observation after the dose: its clocks, how it was lengthened, and who left the chair.
enum ObservationSection {
  static func section(_ summary: SessionSummary) -> Section {
    let time = summary.time
    return Section(
      "Observation",
      clocks(summary), facts(summary),
      .element("h3", [], [.fixed("Extensions")]),
      Table(
        ["Time", "What", "Minutes", "By", "Reason"],
        extensions(summary).map { entry in
          [
            time.clock(entry).html, entry.spelled("what").html,
            (entry.figure("minutes") ?? entry.figure("holdMinutes")).html,
            entry.figure("by").html, (entry.figure("reason") ?? entry.figure("name")).html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Changes of the route's preset")]),
      Table(
        ["Time", "Field", "From", "To", "By", "Reason"],
        summary.entries("presetChanged").map { entry in
          [
            time.clock(entry).html, entry.figure("field").html, entry.figure("from").html,
            entry.figure("to").html, entry.figure("by").html, entry.figure("reason").html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Away from the chair")]),
      Table(
        ["From", "To", "Length", "Escorted by", "Noted by"],
        summary.course.absences.map { absence in
          [
            time.clock(absence.from).html, absence.to.map { time.clock($0) }.html,
            absence.to.map { .span(absence.from.at, $0.at) }.html,
            absence.from.figure("reason").html, absence.from.figure("by").html,
          ]
        }
      ).html)
  }

  /// What a person added, and the drugs after which the patient stays longer.
  private static func extensions(_ summary: SessionSummary) -> [LogEvent] {
    summary.entries("observationExtended", "medication").filter { entry in
      entry.what == "observationExtended" || (entry.int("holdMinutes") ?? 0) > 0
    }
  }

  /// Both clocks at every attempt to sign, and at the end.
  private static func clocks(_ summary: SessionSummary) -> HTML {
    Table(
      ["At", "Counted from", "Required", "Elapsed", "Credit"],
      summary.log.clocks.map { clock in
        [
          summary.time.clock(at: clock.at).html, summary.time.clock(at: clock.anchor).html,
          clock.figure("required", clock.requiredSeconds).html,
          clock.figure("elapsed", clock.elapsedSeconds).html,
          clock.figure("credit", clock.creditSeconds).html,
        ]
      }
    ).html
  }

  private static func facts(_ summary: SessionSummary) -> HTML {
    guard let clock = summary.observation else { return Section.none }
    let away = clock.away(summary)
    return Facts([
      ("Counted from", summary.time.clock(at: clock.anchor)),
      ("Until", summary.time.clock(at: clock.end)),
      ("Elapsed", .span(clock.anchor, clock.end)),
      (
        "Of it away from the chair",
        Figure(away.clockText, .computed("away", clock.anchor, clock.end))
      ),
      (
        "With a believed oximeter value",
        Figure(
          Duration.seconds(believedSeconds(summary, clock)).clockText,
          .computed("believedTime", clock.anchor, clock.end))
      ),
    ]).html
  }

  private static func believedSeconds(_ summary: SessionSummary, _ clock: ObservationFacts) -> Int {
    summary.log.samples.count { $0.isValid && clock.anchor <= $0.at && $0.at < clock.end }
  }
}
