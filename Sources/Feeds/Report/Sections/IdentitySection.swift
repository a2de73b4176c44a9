import Monitoring

/// Who, where, and how the visit ended.
enum IdentitySection {
  static func section(_ summary: SessionSummary) -> Section {
    let course = summary.course
    func charted(_ field: String) -> HTML? {
      summary.newest(field, in: "charted").map(HTML.figure)
    }
    return Section(
      "Patient and visit",
      Facts([
        ("Patient", summary.patientLabel.map(HTML.figure)), ("Name", charted("name")),
        ("Date of birth", charted("birthDate")), ("Sex", charted("sex")),
        ("Age, years", charted("age")), ("Visit", charted("visit")),
        ("Companion in the room", charted("companion")), ("First session", charted("firstSession")),
        ("Series", series(summary)), ("Disposition", disposition(summary)),
      ]).html,
      phases(course, summary.time),
      StaffTable(summary).html)
  }

  private static func disposition(_ summary: SessionSummary) -> HTML {
    guard let ending = summary.course.ending else { return .fixed("the session is still open") }
    return .line(
      ending.phase.shortName, .fixed(", "), summary.time.clock(ending.from).html)
  }

  private static func series(_ summary: SessionSummary) -> HTML? {
    summary.last("series").map { series in
      .line(
        series.figure("kind").html, .fixed(", "), series.figure("index").html, .fixed(" of "),
        series.figure("planned").html)
    }
  }

  private static func phases(_ course: Course, _ time: ClinicTime) -> HTML {
    Table(
      ["Phase", "From", "To", "Length", "By", "Reason"],
      course.stays.map { stay in
        [
          stay.phase.shortName, time.clock(stay.from).html, stay.to.map { time.clock($0) }.html,
          stay.to.map { Figure.span(stay.from.at, $0.at) }.html, stay.from.figure("by").html,
          stay.from.figure("reason").html,
        ]
      }
    ).html
  }
}

/// Everybody who did something, with the first and the last time.
struct StaffTable {
  private let summary: SessionSummary

  init(_ summary: SessionSummary) { self.summary = summary }

  var html: HTML {
    var order: [String] = []
    var seen: [String: (first: LogEvent, last: LogEvent)] = [:]
    for event in summary.log.events {
      guard let user = event["by"], user != "system" else { continue }
      if seen[user] == nil { order.append(user) }
      seen[user] = (seen[user]?.first ?? event, event)
    }
    return .joined([
      .element("h3", [], [.fixed("Staff")]),
      Table(
        ["User", "Name", "Role", "First entry", "Last entry"],
        order.compactMap { user in
          guard let entries = seen[user] else { return nil }
          return [
            entries.first.figure("by").html, summary.name(of: user).html,
            summary.role(of: user).html, summary.time.clock(entries.first).html,
            summary.time.clock(entries.last).html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Handovers")]),
      Table(
        ["Time", "From", "To", "By"],
        summary.entries("handover").map { entry in
          [
            summary.time.clock(entry).html, entry.figure("from").html, entry.figure("to").html,
            entry.figure("by").html,
          ]
        }
      ).html,
    ])
  }
}
