/// The printable report of a session (`clinical.md` 5.1): one HTML file that asks for nothing else.
///
/// A pure function of what the log holds. Every value on the page names its place in the log; what
/// the log does not hold is said to be missing.
public struct Report: Sendable {
  public let html: String

  /// Writes the report; the fields of the Spravato form are a part of their own.
  public init(_ log: SessionLog) {
    let summary = SessionSummary(log)
    html = Self.page(
      summary, title: "Session report",
      [Head(summary, "Session report").html] + Self.sections(of: summary).map(\.html)
        + (SpravatoFacts(summary).map { [Rems.part($0, summary)] } ?? []))
  }

  private static func sections(of summary: SessionSummary) -> [Section] {
    [
      IdentitySection.section(summary), TreatmentSection.section(summary),
      PreparationSection.section(summary), TrendSection.section(summary),
      VitalsSection.section(summary), AlarmSection.section(summary),
      LimitSection.section(summary), SilenceSection.section(summary),
      GapSection.section(summary), CompletenessSection.section(summary),
      CuffSection.section(summary), MedicationSection.section(summary),
      AssessmentSection.section(summary), ObservationSection.section(summary),
      CriteriaSection.section(summary), LeavingSection.section(summary),
      SignOffSection.section(summary), SignatureSection.section(summary),
      NoteSection.section(summary),
      DeviceSection.section(summary), ClockSection.section(summary),
      SoftwareSection.section(summary), RemainderSection.section(summary),
    ]
  }

  static func page(
    _ summary: SessionSummary, title: StaticString, _ content: [HTML]
  ) -> String {
    let log = summary.log
    let label = summary.patientLabel?.words ?? "patient not named"
    let sheet = Stylesheet.sheet(
      heading: "\(log.site), chair \(log.chair), \(label)", record: "record \(log.id)")
    let head = HTML.element(
      "head", [],
      [
        .void("meta", [Attribute("charset", "utf-8")]),
        .void(
          "meta",
          [
            Attribute("name", "viewport"), Attribute("content", "width=device-width"),
          ]),
        .element("title", [], [.fixed(title), .fixed(" "), .plain(Figure(log.id, .visit("id")))]),
        .style(sheet),
      ])
    return HTML.document([
      .element(
        "html", [Attribute("lang", "en")], [head, .element("body", [], content)])
    ]).text
  }
}

/// The top of the first page.
struct Head {
  let summary: SessionSummary
  let title: StaticString

  init(_ summary: SessionSummary, _ title: StaticString) {
    self.summary = summary
    self.title = title
  }

  var html: HTML {
    let first = summary.log.events.first
    return .element(
      "header", [],
      [
        .element("h1", [], [.fixed(title)]),
        .element(
          "p", [.kind("lead")],
          [
            Figure(summary.log.site, .visit("site")).html, .fixed(", chair "),
            Figure(summary.log.chair, .visit("chair")).html, .fixed(", "),
            first.map { summary.time.date($0) }.html, .fixed(", record "),
            Figure(summary.log.id, .visit("id")).html,
          ]),
        Self.warning,
        .element(
          "p", [.kind("note")],
          [
            .fixed("Times are the clinic's wall time, "),
            first.map { summary.time.offset($0) }.html,
            .fixed(
              """
              ; durations and minutes come from a clock that is never set. A time in brackets \
              after another gives a changed offset, each * a step of the wall clock before it.
              """),
          ]),
      ])
  }

  static let warning = HTML.element(
    "p", [.kind("warning")],
    [
      .fixed(
        """
        Chairside is not a certified medical device and must not be the only alarm. It does not \
        replace a trained person at the chair or the alarms of a cleared monitor.
        """)
    ])
}
