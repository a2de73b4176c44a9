import Monitoring
import Vitals

/// The audit entries of the session's own vocabulary.
extension AuditText {
  static func addSession(_ entry: AuditEntry, to json: inout JSONLine) {
    switch entry {
    case .charted(let chart, let by):
      json.add("what", "charted")
      ChartText.add(chart, to: &json)
      json.add("by", by.name)
    case .checklist(let answers, let by):
      json.add("what", "checklist")
      for (key, value) in ChartText.fields(of: answers) { json.add(ifAny: key, value) }
      json.add("by", by.name)
    case .series(let series, let by):
      json.add("what", "series")
      json.add("kind", series.kind.rawValue)
      json.add("index", series.index)
      json.add("planned", series.planned)
      json.add("by", by.name)
    case .symptom(let report, let by):
      json.add("what", "symptom")
      json.add("name", report.symptom.rawValue)
      json.add("severity", ChartText.text(report.severity))
      json.add("by", by.name)
    case .medication(let drug, let holdMinutes, let by):
      json.add("what", "medication")
      json.add("name", drug.name)
      json.add("class", drug.kind.rawValue)
      json.add(ifAny: "dose", drug.dose)
      json.add("holdMinutes", holdMinutes)
      json.add("by", by.name)
    case .oxygen(let tenths, let by):
      json.add("what", "oxygen")
      json.addRaw("flow", Fields.decimal(tenths, scale: 10))
      json.add("by", by.name)
    case .nasalDevice(let number, let count, let by):
      json.add("what", "nasalDevice")
      json.add("number", number)
      json.add("of", count)
      json.add("by", by.name)
    case .handover(let from, let to, let by):
      json.add("what", "handover")
      json.add(ifAny: "from", from?.name)
      json.add("to", to.name)
      json.add("by", by.name)
    case .presetChanged(let field, let from, let to, let by, let reason):
      json.add("what", "presetChanged")
      json.add("field", field.rawValue)
      json.add("from", from)
      json.add("to", to)
      json.add("by", by.name)
      json.add(ifAny: "reason", reason)
    case .doseOverrun(let minutes):
      json.add("what", "doseOverrun")
      json.add("plannedMinutes", minutes)
    case .criteria(let unmet):
      json.add("what", "criteria")
      json.add("unmet", unmet.map(\.rawValue))
    case .waived(let criterion, let by, let reason):
      json.add("what", "waived")
      json.add("criterion", criterion.rawValue)
      json.add("by", by.name)
      json.add("reason", reason)
    case .signaturesVoided, .handoverDone, .leftAgainstAdvice, .reopened, .addendum, .lateEntry,
      .corrected, .annotated:
      addRecord(entry, to: &json)
    default: break
    }
  }

  private static func addRecord(_ entry: AuditEntry, to json: inout JSONLine) {
    switch entry {
    case .signaturesVoided(let signers, let why):
      json.add("what", "signaturesVoided")
      json.add("signers", signers.map(\.name))
      json.add("why", why.name)
    case .handoverDone(let note, let by):
      json.add("what", "handoverDone")
      json.add("note", note)
      json.add("by", by.name)
    case .leftAgainstAdvice(let refusalForm, let by):
      json.add("what", "leftAgainstAdvice")
      json.add("refusalForm", refusalForm)
      json.add("by", by.name)
    case .reopened(let revision, let superseded, let by, let reason):
      json.add("what", "reopened")
      json.add("revision", revision)
      json.add("superseded", superseded.map(\.name))
      json.add("by", by.name)
      json.add("reason", reason)
    case .addendum(let text, let by):
      json.add("what", "addendum")
      json.add("text", text)
      json.add("by", by.name)
    case .lateEntry(let text, let secondsAgo, let isLate, let by, let reason):
      json.add("what", "lateEntry")
      json.add("text", text)
      json.add("secondsAgo", secondsAgo)
      json.add("late", isLate)
      json.add("by", by.name)
      json.add("reason", reason)
    case .corrected(let reading, let from, let to, let by, let reason):
      json.add("what", "corrected")
      json.add("reading", reading)
      json.add("from", "\(from.systolic)/\(from.diastolic)")
      json.add("to", "\(to.systolic)/\(to.diastolic)")
      json.add("by", by.name)
      json.add("reason", reason)
    case .annotated(let target, let by, let reason):
      json.add("what", "annotated")
      for (key, value) in ChartText.fields(of: target) { json.addRaw(key, value ?? "null") }
      json.add("mark", "artefact")
      json.add("by", by.name)
      json.add("reason", reason)
    default: break
    }
  }
}
