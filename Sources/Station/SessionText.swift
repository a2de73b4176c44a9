import Monitoring
import Recording
import Vitals

/// The session of one chair in full, in JSON: what the sign-off page and a report show.
///
/// Times are seconds before now, as everywhere in the chair's JSON.
enum SessionText {
  static func json(_ monitor: ChairMonitor, at now: Instant) -> String {
    guard let session = monitor.session else { return "null" }
    func ago(_ instant: Instant?) -> Int? { instant.map { (now - $0).wholeSeconds } }
    var json = JSONLine()
    json.add("revision", session.revision)
    json.addRaw("series", series(session.series))
    json.addRaw("chart", chart(session.chart))
    json.addRaw("checklist", object(CommandText.fields(of: .checklist(session.checklist))))
    json.add("missingFields", monitor.missingFields)
    json.addRaw(
      "holds",
      list(session.holds) { hold, row in
        row.add("class", hold.level.name)
        row.add("cause", hold.cause.rawValue)
        row.add(orNull: "secondsAgo", ago(hold.declaredAt))
      })
    json.addRaw("baselineDraft", draft(monitor.baselineDraft(at: now)))
    json.addRaw("lacks", NextSteps.json(monitor, at: now))
    json.addRaw("limbs", object(CommandText.fields(of: monitor.limbs)))
    json.add(orNull: "escort", session.escort?.rawValue)
    json.add(orNull: "baselineSource", session.baselineSource?.rawValue)
    json.add(orNull: "baselineAcceptedBy", session.baselineAcceptedBy?.name)
    json.addRaw("preset", preset(monitor.preset))
    json.add("devices", session.route.nasalDevices)
    json.add("devicesGiven", session.devicesGiven.count)
    json.addRaw("oxygenFlow", Fields.decimal(session.oxygenTenths, scale: 10))
    json.add(orNull: "observer", session.observer?.name)
    json.addRaw(
      "criteria",
      list(monitor.criteria(at: now) ?? []) { CriterionText.add($0, monitor, at: now, to: &$1) })
    json.add(
      orNull: "heldSeconds",
      session.clock?.holdUntil.map { max($0 - now, .zero).wholeSeconds })
    json.add(orNull: "doseEndedSecondsAgo", ago(session.doseEndedAt))
    json.add(orNull: "anchorSecondsAgo", ago(session.clock?.anchor))
    json.addRaw("readiness", readiness(session, at: now))
    json.addRaw("checkpoints", checkpoints(monitor, session, at: now))
    json.addRaw(
      "readings",
      list(Array(monitor.readings.enumerated())) { numbered, row in
        let reading = numbered.element
        row.add("reading", numbered.offset + 1)
        row.add("secondsAgo", (now - reading.at).wholeSeconds)
        row.add("sbp", reading.pressure.systolic)
        row.add("dbp", reading.pressure.diastolic)
        row.add("source", reading.source.rawValue)
        row.add(orNull: "by", reading.by?.name)
        row.add("superseded", reading.superseded.map { "\($0.systolic)/\($0.diastolic)" })
        row.add("artefact", reading.isArtefact)
      })
    json.addRaw(
      "waivers",
      list(session.waivers) { waiver, row in
        row.add("criterion", waiver.criterion.rawValue)
        row.add("by", waiver.by.name)
        row.add("reason", waiver.reason)
      })
    json.add("signaturesRequired", monitor.signaturesRequired)
    json.add("secondSignatureFor", monitor.secondSignatureReasons.map(\.rawValue))
    json.addRaw(
      "signatures",
      list(session.allSignatures) { signature, row in
        row.add("by", signature.by.name)
        row.add("secondsAgo", (now - signature.at).wholeSeconds)
        row.add("meaning", signature.meaning.rawValue)
        row.add("revision", signature.revision)
        row.add("superseded", signature.isSuperseded)
      })
    json.add(
      orNull: "signatureLapsesInSeconds",
      monitor.signatureLapsesAt.map { ($0 - now).wholeSeconds })
    json.add(orNull: "handoverDoneSecondsAgo", ago(session.handoverDoneAt))
    json.add(orNull: "departedSecondsAgo", ago(session.departedAt))
    return json.line
  }

  private static func list<Item>(
    _ items: [Item], _ write: (Item, inout JSONLine) -> Void
  ) -> String {
    let rows = items.map { item in
      var row = JSONLine()
      write(item, &row)
      return row.line
    }
    return "[" + rows.joined(separator: ",") + "]"
  }

  private static func object(_ fields: [(key: String, value: String)]) -> String {
    var json = JSONLine()
    for (key, value) in fields { json.add(key, value) }
    return json.line
  }

  private static func series(_ series: Series?) -> String {
    guard let series else { return "null" }
    var json = JSONLine()
    json.add("kind", series.kind.rawValue)
    json.add("index", series.index)
    json.add("planned", series.planned)
    json.add("text", series.text)
    return json.line
  }

  private static func chart(_ chart: Chart) -> String {
    var json = JSONLine()
    for (key, value) in CommandText.fields(of: .chart(chart)) { json.add(key, value) }
    let perKilogram = chart.doseThousandthsPerKilogram
    json.addRaw("mgPerKg", perKilogram.map { Fields.decimal($0, scale: 1000) } ?? "null")
    return json.line
  }

  private static func preset(_ preset: Route.Preset) -> String {
    object(PresetField.allCases.map { ($0.rawValue, $0.text(preset)) })
  }

  private static func draft(_ draft: BaselineDraft?) -> String {
    guard let draft else { return "null" }
    var json = JSONLine()
    json.add(orNull: "spo2", draft.spo2)
    json.add(orNull: "pr", draft.pulseRate)
    json.add("validSeconds", draft.seconds)
    json.add(orNull: "sbp", draft.systolic)
    json.add(orNull: "dbp", draft.diastolic)
    json.add("restedPressures", draft.restedPressures)
    json.add(orNull: "seatedSeconds", draft.seatedFor?.wholeSeconds)
    return json.line
  }

  /// Since when everything is met, and until when each thing was not.
  private static func readiness(_ session: Session, at now: Instant) -> String {
    let ledger = session.ledger
    func sinceDose(_ instant: Instant?) -> Int? {
      guard let instant, let start = session.doseStartedAt else { return nil }
      return (instant - start).wholeSeconds
    }
    var json = JSONLine()
    json.add(orNull: "readySecondsAfterDoseStart", sinceDose(ledger.readyAt))
    json.add(
      orNull: "withoutRequiredTimeSecondsAfterDoseStart", sinceDose(ledger.readyWithoutTimeAt))
    json.addRaw(
      "waits",
      list(ledger.waits) { wait, row in
        row.add("criterion", wait.criterion.rawValue)
        row.add(orNull: "untilSecondsAfterDoseStart", sinceDose(wait.until))
      })
    json.addRaw(
      "ledger",
      list(ledger.entries) { entry, row in
        row.add(orNull: "secondsAfterDoseStart", sinceDose(entry.at))
        row.add("unmet", entry.unmet.map(\.rawValue))
      })
    return json.line
  }

  private static func checkpoints(
    _ monitor: ChairMonitor, _ session: Session, at now: Instant
  ) -> String {
    let done = session.checkpoints.map { one -> String in
      var row = JSONLine()
      row.add("dueSecondsAgo", (now - one.dueAt).wholeSeconds)
      row.add("result", one.result.rawValue)
      row.add(orNull: "readingSecondsAgo", one.readingAt.map { (now - $0).wholeSeconds })
      row.add(orNull: "lateSeconds", one.lateBy?.wholeSeconds)
      return row.line
    }
    let open = monitor.openDueTimes(at: now).map { due -> String in
      var row = JSONLine()
      row.add("dueSecondsAgo", (now - due).wholeSeconds)
      row.add("result", "open")
      return row.line
    }
    return "[" + (done + open).joined(separator: ",") + "]"
  }
}
