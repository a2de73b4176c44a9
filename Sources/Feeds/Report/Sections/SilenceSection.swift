/// When alarms were quieted, by whom, and when they could be heard again.
enum SilenceSection {
  static func section(_ summary: SessionSummary) -> Section {
    let entries = summary.entries("audioPaused", "audioResumed")
    return Section(
      "Silences",
      Table(
        ["Time", "Step", "For s", "By", "Why it ended"],
        entries.map { entry in
          [
            summary.time.clock(entry).html,
            entry.what == "audioPaused" ? .fixed("sound paused") : .fixed("sound resumed"),
            entry.figure("seconds").html, entry.figure("by").html, entry.figure("why").html,
          ]
        }
      ).html)
  }
}
