/// Everything else in the audit trail, so that nothing of the session stays out of its report.
enum RemainderSection {
  /// What the other sections show.
  private static let shown: Set<String> = [
    "audioPaused", "audioResumed", "limitChanged", "baseline", "holdDeclared", "holdCleared",
    "observationExtended", "assessed", "escort", "scheduled", "cuffOrdered", "statStarted",
    "statEnded", "departed", "note", "wallClockStepped", "charted", "checklist", "series",
    "symptom", "medication", "oxygen", "nasalDevice", "handover", "presetChanged", "criteria",
    "waived", "signaturesVoided", "reopened", "handoverDone", "leftAgainstAdvice", "addendum",
    "lateEntry", "corrected", "annotated",
  ]

  /// Who looks at records is in the audit trail, and in no record: each look would change it.
  private static let aboutRecords: Set<String> = ["recordShown"]

  static func section(_ summary: SessionSummary) -> Section {
    let entries = summary.log.events.filter { event in
      event.kind.isEmpty || event.what.map { !shown.union(aboutRecords).contains($0) } == true
    }
    return Section(
      "Other entries",
      Table(
        ["Time", "Entry", "Details", "By"],
        entries.map { entry in
          [
            summary.time.clock(entry).html, entry.spelled("what").html, .items(of: entry),
            entry.figure("by").html,
          ]
        }
      ).html)
  }
}
