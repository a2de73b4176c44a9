import Monitoring
import Vitals

/// Audit entries as fields of a JSON line; `what` names the entry.
enum AuditText {
  static func add(_ entry: AuditEntry, to json: inout JSONLine) {
    switch entry {
    case .refused(let command, let reasons, let by):
      json.add("what", "refused")
      json.add("command", command.rawValue)
      json.add("why", reasons.map(\.name))
      json.add("by", by.name)
    case .audioPaused(let seconds, let by):
      json.add("what", "audioPaused")
      json.add("seconds", seconds)
      json.add("by", by.name)
    case .audioResumed(let why, let by):
      json.add("what", "audioResumed")
      json.add("why", why.rawValue)
      json.add(ifAny: "by", by?.name)
    case .alarmPaused, .alarmResumed, .alarmOff, .alarmOn, .inactivationReminder,
      .limitsConfirmed, .stationAudioPaused, .stationAudioResumed, .ownerSet, .routed,
      .unattended, .answered, .delivered, .sounded, .stationSound, .chairAudio:
      SignalText.add(entry, to: &json)
    case .limitChanged(let field, let from, let to, let by, let reason):
      json.add("what", "limitChanged")
      json.add("field", field)
      json.add("from", from)
      json.add("to", to)
      json.add("by", by.name)
      json.add(ifAny: "reason", reason)
    case .baseline(let baseline, let source, let rate, let by):
      json.add("what", "baseline")
      json.add("spo2", baseline.spo2)
      json.add("pr", baseline.pulseRate)
      json.add("sbp", baseline.systolic)
      json.add("dbp", baseline.diastolic)
      json.add(ifAny: "source", source?.rawValue)
      json.add(ifAny: "rr", rate)
      json.add("by", by.name)
    case .holdDeclared(let hold, let by, let reason):
      json.add("what", "holdDeclared")
      json.add("class", hold.name)
      json.add("by", by.name)
      json.add("reason", reason)
    case .holdCleared(let hold, let by, let reason, let reading):
      json.add("what", "holdCleared")
      json.add("class", hold.name)
      json.add("by", by.name)
      json.add("reason", reason)
      json.add(ifAny: "sbp", reading?.systolic)
      json.add(ifAny: "dbp", reading?.diastolic)
    case .observationExtended(let minutes, let by, let reason):
      json.add("what", "observationExtended")
      json.add("minutes", minutes)
      json.add("by", by.name)
      json.add("reason", reason)
    case .assessed(let assessment, let by):
      json.add("what", "assessed")
      for score in Assessment.scores {
        json.add(ifAny: score.name, assessment[keyPath: score.path])
      }
      for answer in Assessment.answers {
        if let value = assessment[keyPath: answer.path] { json.add(answer.name, value) }
      }
      json.add(ifAny: "gait", assessment.gait?.rawValue)
      json.add("by", by.name)
    case .escort(let escort, let by):
      json.add("what", "escort")
      json.add("type", escort.rawValue)
      json.add("by", by.name)
    case .scheduled(let dueSeconds, let startsByItself, let by):
      json.add("what", "scheduled")
      json.add("due", dueSeconds)
      json.add("start", startsByItself ? "auto" : "manual")
      json.add("by", by.name)
    case .limbs(let limbs, let by):
      json.add("what", "limbs")
      for (key, value) in CommandText.fields(of: limbs) { json.add(key, value) }
      json.add("by", by.name)
    case .respirationCounted(let rate, let by):
      json.add("what", "respirationCounted")
      json.add("rr", rate.perMinute)
      json.add("by", by.name)
    case .patientCalled: json.add("what", "patientCalled")
    case .cuffOrdered(let cause, let by):
      json.add("what", "cuffOrdered")
      json.add("cause", cause.rawValue)
      json.add("by", by.name)
    case .statStarted(let seconds, let by):
      json.add("what", "statStarted")
      json.add("seconds", seconds)
      json.add("by", by.name)
    case .statEnded(let why, let by):
      json.add("what", "statEnded")
      json.add("why", why.rawValue)
      json.add("by", by.name)
    case .charted, .checklist, .series, .symptom, .medication, .oxygen, .nasalDevice, .handover,
      .presetChanged, .doseOverrun, .criteria, .waived, .signaturesVoided, .handoverDone,
      .leftAgainstAdvice, .reopened, .addendum, .lateEntry, .corrected, .annotated:
      addSession(entry, to: &json)
    case .departed(let companion, let by):
      json.add("what", "departed")
      json.add("with", companion)
      json.add("by", by.name)
    case .note(let text, let by):
      json.add("what", "note")
      json.add("text", text)
      json.add("by", by.name)
    case .interrupted(let seconds, let isCertain):
      json.add("what", "interrupted")
      json.add("seconds", seconds)
      if !isCertain { json.add("clock", "uncertain") }
    case .wallClockStepped(let milliseconds):
      json.add("what", "wallClockStepped")
      json.add("milliseconds", Int(milliseconds))
      // A smaller step is on record and nobody's concern (`clinical.md` 3.3).
      if abs(milliseconds) > 2000 { json.add("info", ["CLOCK_STEP"]) }
    case .logSetAside(let log):
      json.add("what", "logSetAside")
      json.add("file", log.file)
      json.add("why", log.reason)
      json.add("accounts", log.accounts)
      json.add("openSessions", log.chairs.map(\.name))
    case .deviceBytesKept(let isKept):
      json.add("what", "deviceBytesKept")
      json.add("kept", isKept)
    case .account(let note): AccountText.add(note, to: &json)
    case .staffChanged(let member, let role):
      json.add("what", "staffChanged")
      json.add("user", member.name)
      json.add("role", AccountText.word(role))
    }
  }
}
