/// What people wrote, then and later; what a correction replaced stays to be read.
enum NoteSection {
  static func section(_ summary: SessionSummary) -> Section {
    let time = summary.time
    return Section(
      "Notes, late entries, corrections, addenda",
      Table(
        ["Recorded", "Kind", "Text", "By", "Reason"],
        summary.entries("note", "addendum", "lateEntry", "annotated").map { entry in
          [
            time.dateAndClock(entry).html, kind(entry),
            entry.figure("text")?.html
              ?? .items(of: entry, besides: ["t", "chair", "event", "what", "by", "reason"]),
            entry.figure("by").html, entry.figure("reason").html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Corrections")]),
      Table(
        ["Recorded", "Blood pressure no.", "Was", "Is", "By", "Reason"],
        summary.entries("corrected").map { entry in
          [
            time.dateAndClock(entry).html, entry.figure("reading").html,
            .element("s", [], [entry.figure("from").html]), entry.figure("to").html,
            entry.figure("by").html, entry.figure("reason").html,
          ]
        }
      ).html)
  }

  private static func kind(_ entry: LogEvent) -> HTML {
    guard entry.what == "lateEntry" else { return entry.spelled("what").html }
    return .line(
      entry.spelled("what").html, .fixed(", occurred s ago: "), entry.figure("secondsAgo").html,
      .fixed(", late: "), entry.figure("late").html)
  }
}
