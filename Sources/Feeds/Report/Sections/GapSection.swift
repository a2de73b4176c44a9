import Vitals

/// Where nothing was watched, and why.
enum GapSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Gaps in monitoring",
      Table(
        ["From", "To", "Length", "Phase", "Reason"],
        summary.gaps.map { gap in
          [
            summary.time.clock(at: gap.from).html, summary.time.clock(at: gap.to).html,
            Figure.span(gap.from, gap.to).html,
            summary.course.phase(at: gap.from)?.shortName ?? .fixed("–"),
            reason(gap.reason),
          ]
        }, kind: "gaps"
      ).html,
      Section.note("Stretches of 10 s and more without a believed oximeter value."))
  }

  private static func reason(_ reason: Gap.Reason) -> HTML {
    switch reason {
    case .interrupted(let event):
      .line(
        .fixed("monitoring was interrupted: the software did not run for "),
        event.figure("seconds").html, .fixed(" s"))
    case .away(let event):
      .line(.fixed("patient away, "), event.figure("reason").html)
    case .status(let sample): .line(.fixed("the device said "), sample.statusFigure.html)
    case .nothingCurrent: .fixed("no current value came")
    case .nothingStored: .fixed("no second is stored")
    }
  }
}

/// How complete the oximetry of each phase is.
enum CompletenessSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section(
      "Completeness of the oximetry",
      Table(
        ["Phase", "From", "Length", "Believed seconds", "Share %"],
        Completeness.all(in: summary.log, summary.course).map { part in
          let from = part.stay.from.at
          return [
            part.stay.phase.shortName, summary.time.clock(part.stay.from).html,
            Figure.span(from, part.end).html,
            Figure("\(part.valid)", .computed("believed", from, part.end)).html,
            part.percent.map { Figure("\($0)", .computed("percent", from, part.end)) }.html,
          ]
        }
      ).html)
  }
}
