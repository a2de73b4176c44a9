import Monitoring
import Vitals

/// The fields of the Spravato monitoring form alone, as a page of its own.
public struct RemsReport: Sendable {
  public let html: String

  /// Writes the page; for another route it says that there is no such form.
  public init(_ log: SessionLog) {
    let summary = SessionSummary(log)
    let part =
      SpravatoFacts(summary).map { Rems.part($0, summary) }
      ?? .element("p", [.kind("none")], [.fixed("This was no session with Spravato.")])
    html = Report.page(
      summary, title: "Spravato monitoring form",
      [Head(summary, "Spravato monitoring form").html, part])
  }
}

/// The parts of the form.
enum Rems {
  static func part(_ facts: SpravatoFacts, _ summary: SessionSummary) -> HTML {
    .element(
      "div", [.kind("page")],
      [
        Section(
          "Spravato REMS: fields of the patient monitoring form",
          Section.note(
            """
            For transcription into the form in force, which may differ. None recorded: the chart \
            holds no answer.
            """),
          patient(summary), treatment(facts, summary), pressures(facts, summary),
          events(facts, summary), deadline(facts, summary)
        ).html
      ])
  }

  private static func patient(_ summary: SessionSummary) -> HTML {
    func charted(_ field: String) -> Figure? { summary.newest(field, in: "charted") }
    return Facts([
      ("Patient name", charted("name")), ("Date of birth", charted("birthDate")),
      ("Sex", charted("sex")), ("First treatment", charted("firstTreatment")),
      ("Benzodiazepine", charted("benzodiazepine")), ("Sedative hypnotic", charted("sedative")),
      ("Opioid", charted("opioid")), ("Psychostimulant", charted("stimulant")),
      ("MAO inhibitor", charted("maoi")), ("Healthcare professional", charted("prescriber")),
      ("Setting", charted("setting")),
    ]).html
  }

  private static func treatment(_ facts: SpravatoFacts, _ summary: SessionSummary) -> HTML {
    let ready = summary.signOff.readyButForTime
    return Facts([
      ("Date of treatment", summary.time.date(facts.start)),
      ("Dose preset", summary.route), ("Dose, mg", summary.newest("dose", in: "charted")),
      ("Lot", summary.newest("lot", in: "charted")),
      ("First device", summary.time.clock(facts.start)),
      ("End of monitoring", summary.time.clock(at: facts.end)),
      ("Total minutes", minutes(facts.start.at, facts.end)),
      (
        "Ready without the rule of two hours, after minutes",
        ready.flatMap {
          minutes(facts.start.at, $0.from.at)
        }
      ),
    ]).html
  }

  /// Whole minutes, rounded down.
  private static func minutes(_ from: Instant, _ to: Instant) -> Figure {
    Figure("\((to - from).wholeSeconds / 60)", .computed("minutes", from, to))
  }

  private static func pressures(_ facts: SpravatoFacts, _ summary: SessionSummary) -> HTML {
    let rows: [(StaticString, LogEvent?)] = [
      ("Before the dose", facts.before), ("About forty minutes after", facts.atFortyMinutes),
      ("Before completion", facts.beforeCompletion),
    ]
    return .joined([
      .element("h3", [], [.fixed("Blood pressure")]),
      Table(
        ["When", "Time", "BP mmHg", "Minutes after the first device"],
        rows.map { words, reading in
          [
            .fixed(words), reading.map { summary.time.clock($0) }.html,
            reading.map(HTML.pressure) ?? .fixed("none recorded"),
            reading.map { Figure.span(facts.start.at, $0.at) }.html,
          ]
        }
      ).html,
      Facts([
        ("Vital signs acceptable before the dose", beforeDose(facts)),
        ("Acceptable before completion", beforeCompletion(summary)),
      ]).html,
    ])
  }

  private static func beforeDose(_ facts: SpravatoFacts) -> HTML {
    guard let hold = facts.hold else { return .fixed("yes: no hold was in force") }
    return hold.what == "holdCleared"
      ? .line(.fixed("a hold was cleared by "), hold.figure("by").html)
      : .fixed("a hold was in force")
  }

  /// By the criteria that look at pressure, saturation and pulse.
  private static func beforeCompletion(_ summary: SessionSummary) -> HTML? {
    summary.signOff.unmet.map { unmet in
      let vital: Set<String> = ["bpAge", "bpRange", "spo2", "pulse"]
      return unmet.contains(where: vital.contains) ? .fixed("no") : .fixed("yes")
    }
  }

  private static func events(_ facts: SpravatoFacts, _ summary: SessionSummary) -> HTML {
    let groups: [(StaticString, [SpravatoFacts.Episode])] = [
      ("Sedation", facts.sedation), ("Dissociation", facts.dissociation),
      ("Respiratory depression: SpO2 and respiration alarms, dyspnoea", facts.respiratory),
    ]
    return .joined(
      groups.map { title, episodes in
        .joined([
          .element("h3", [], [.fixed(title)]),
          Table(
            ["Event", "Onset", "Resolved", "Minutes after the first device", "Lasted"],
            episodes.map { episode in
              [
                episode.name.html, summary.time.clock(episode.onset).html,
                episode.resolution.map { summary.time.clock($0) }.html,
                Figure.span(facts.start.at, episode.onset.at).html,
                episode.resolution.map { Figure.span(episode.onset.at, $0.at) }.html,
              ]
            }
          ).html,
        ])
      })
  }

  private static func deadline(_ facts: SpravatoFacts, _ summary: SessionSummary) -> HTML {
    let transfers = summary.course.stays.filter { $0.phase == .transferred }
    return Facts([
      (
        "Serious event",
        transfers.first.map {
          .line(.fixed("transferred, "), summary.time.clock($0.from).html)
        } ?? .fixed("no transfer recorded; see alarms, drugs and notes")
      ),
      ("Form is due by", summary.time.date(facts.start, plusDays: 7).html),
    ]).html
  }
}
