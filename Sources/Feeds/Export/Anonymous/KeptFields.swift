import Monitoring

/// What a de-identified export keeps of each event: a table of names that are the program's own.
///
/// Whatever is not in it is left out, an event that has no row as a whole. So a field that somebody
/// adds to an event one day stays out until somebody has thought about it.
enum KeptFields {
  /// What may stay of a field.
  enum Kind {
    /// A number, a truth, or a word of the program.
    case value
    /// An instant on the ward's time line.
    case instant
    /// A user name, or several: they become roles.
    case person
    /// A station's name, which becomes a number.
    case station
    /// Words of which some are people's own.
    case reason
  }

  /// What is kept of a field of an event; `nil` for nothing.
  static func kind(of field: String, in event: String) -> Kind? {
    switch (event, field) {
    case ("checkpoint", "due"), (_, "t"): .instant
    case (_, "chair"), (_, "event"), (_, "what"): .value
    case ("session", "reason"): .reason
    case ("audit/handover", "from"), ("audit/handover", "to"): .person
    case (_, "by"), (_, "signers"), (_, "superseded"): .person
    case (_, "station"): .station
    default: values[event]?.contains(field) == true ? .value : nil
    }
  }

  /// The name of an event's row: its kind, or with what it is about for those that have many.
  static func row(of event: LogEvent) -> String {
    switch event.kind {
    case "audit": "audit/\(event["what"] ?? "")"
    case "device": "device/\(event["change"] ?? "")"
    default: event.kind
    }
  }

  /// Whether an event has a row at all.
  static func keeps(_ event: LogEvent) -> Bool { values[row(of: event)] != nil }

  /// Words of reasons that are the program's.
  static let reasons = Set(
    Route.allCases.map(\.rawValue) + DoseEnding.allCases.map(\.rawValue)
      + StopCause.allCases.map(\.rawValue))

  private static let values = table.mapValues { Set($0.split(separator: " ").map(String.init)) }

  private static let assessed =
    Assessment.scores.map(\.name) + Assessment.answers.map(\.name) + ["gait"]
  /// Of the chart: what was given to whom of which weight; neither names nor age, sex and dates.
  private static let charted: [ChartField] = [
    .dose, .weight, .consent, .fasting, .firstSession, .firstTreatment, .benzodiazepine, .sedative,
    .opioid, .stimulant, .maoi,
  ]

  private static let table: [String: String] = [
    "alarm": "alarm change priority value limit remark id",
    "session": "state substate",
    "signature": "result why number of meaning",
    "reading": "sbp dbp map pr source quality info",
    "checkpoint": "result lateSeconds",
    "station": "change confirms",
    "device/connected": "slot change driver",
    "device/disconnected": "slot change",
    "device/inflating": "slot change",
    "device/determinationFailed": "slot change why",
    "device/determinationAborted": "slot change",
    "device/identified": "slot change",
    "device/storedPressure": "slot change sbp dbp pulse timeVerified",
    "device/storedOximetry": "slot change spo2 pr timeVerified",
    "audit/refused": "command why",
    "audit/audioPaused": "seconds",
    "audit/audioResumed": "why",
    "audit/alarmPaused": "seconds",
    "audit/alarmResumed": "why",
    "audit/alarmOff": "alarm",
    "audit/alarmOn": "alarm why",
    "audit/inactivationReminder": "of",
    "audit/limitsConfirmed": "",
    "audit/stationAudioPaused": "seconds",
    "audit/stationAudioResumed": "why",
    "audit/ownerSet": "",
    "audit/routed": "alarm id to why",
    "audit/unattended": "alarm id",
    "audit/answered": "alarm id answer",
    "audit/delivered": "alarm id revision afterMs",
    "audit/sounded": "alarm id revision afterMs",
    "audit/stationSound": "visible audible",
    "audit/chairAudio": "state why",
    "audit/limitChanged": "field from to",
    "audit/baseline": "spo2 pr sbp dbp source rr",
    "audit/holdDeclared": "class",
    "audit/holdCleared": "class sbp dbp",
    "audit/observationExtended": "minutes",
    "audit/assessed": assessed.joined(separator: " "),
    "audit/escort": "type",
    "audit/scheduled": "due start",
    "audit/limbs": "cuff oximeter iv",
    "audit/respirationCounted": "rr",
    "audit/patientCalled": "",
    "audit/cuffOrdered": "cause",
    "audit/statStarted": "seconds",
    "audit/statEnded": "why",
    "audit/charted": charted.map(\.rawValue).joined(separator: " "),
    "audit/checklist": ChecklistItem.allCases.map(\.rawValue).joined(separator: " "),
    "audit/series": "kind index planned",
    "audit/symptom": "name severity",
    "audit/medication": "class holdMinutes",
    "audit/oxygen": "flow",
    "audit/nasalDevice": "number of",
    "audit/handover": "",
    "audit/presetChanged": "field from to",
    "audit/doseOverrun": "plannedMinutes",
    "audit/criteria": "unmet",
    "audit/waived": "criterion",
    "audit/signaturesVoided": "why",
    "audit/handoverDone": "",
    "audit/leftAgainstAdvice": "refusalForm",
    "audit/reopened": "revision",
    "audit/addendum": "",
    "audit/lateEntry": "secondsAgo late",
    "audit/corrected": "reading from to",
    "audit/annotated": "reading from to mark",
    "audit/departed": "",
    "audit/note": "",
    "audit/interrupted": "seconds clock",
    "audit/authenticated": "for factors",
  ]
}
