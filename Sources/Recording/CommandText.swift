public import Monitoring
public import Vitals

/// Commands as a name and `key=value` fields: one form for recordings, the API and the shell.
public enum CommandText {
  /// Reads a command; every complaint names the field and what was expected.
  public static func parse(_ name: String, _ fields: inout Fields) throws(TextError) -> Command {
    guard let known = CommandName(rawValue: name) else {
      throw TextError("there is no command “\(name)”")
    }
    return switch known {
    case .book: .book(route: try route(&fields) ?? .iv40, patient: fields.take("patient"))
    case .checkIn:
      .checkIn(
        route: try route(&fields) ?? .iv40, patient: fields.take("patient"),
        isIdentified: try fields.answer("identified") ?? false,
        seatedMinutes: try fields.number("seated", in: 0...60) ?? 0)
    case .cancel: .cancel(reason: try fields.need("reason"))
    case .baselineAccepted: .baselineAccepted
    case .holdDeclared: .holdDeclared(reason: try fields.need("reason"))
    case .holdCleared: .holdCleared(reason: try fields.need("reason"))
    case .doseStart: .doseStart(route: try route(&fields), reason: fields.take("reason"))
    case .dosePause: .dosePause
    case .doseResume: .doseResume
    case .doseEnd:
      .doseEnd(
        try fields.word("how", DoseEnding.self) ?? .completed,
        cause: try fields.word("cause", StopCause.self), reason: fields.take("reason"))
    case .stopRequested: .stopRequested
    case .patientAway: .patientAway(escort: try staff("escort", try fields.need("escort")))
    case .patientReturned: .patientReturned
    case .extend:
      .extend(
        minutes: try needed("minutes", try fields.number("minutes", in: 1...60)),
        reason: try fields.need("reason"))
    case .assess: .assess(try assessment(&fields))
    case .escort: .escort(try needed("type", try fields.word("type", Escort.self)))
    case .sign: .sign
    case .transfer:
      .transfer(destination: try fields.need("to"), note: fields.take("note"))
    case .handoverDone: .handoverDone(note: fields.take("note"))
    case .leaveAMA:
      .leaveAMA(
        reason: try fields.need("reason"), adviceGiven: try fields.answer("advice") ?? false,
        refusalForm: try fields.answer("refusalForm") ?? false)
    case .chart: .chart(try ChartText.chart(&fields))
    case .checklist: .checklist(try ChartText.checklist(&fields))
    case .series: .series(try ChartText.series(&fields))
    case .symptom: .symptom(try ChartText.symptom(&fields))
    case .medication: .medication(try ChartText.medication(&fields))
    case .oxygen:
      .oxygen(
        tenths: try needed(
          "flow", try fields.decimal("flow", in: 0...150, scale: 10, unit: "L/min")))
    case .nasalDevice:
      .nasalDevice(number: try needed("number", try fields.number("number", in: 1...99)))
    case .handover: .handover(to: try staff("to", try fields.need("to")))
    case .preset:
      .preset(
        try needed("field", try fields.word("field", PresetField.self)),
        value: try fields.need("value"), reason: fields.take("reason"))
    case .waive:
      .waive(
        try needed("criterion", try fields.word("criterion", Criterion.self)),
        reason: try fields.need("reason"))
    case .reopenClinical: .reopenClinical(reason: try fields.need("reason"))
    case .addendum: .addendum(try fields.need("text"))
    case .lateEntry:
      .lateEntry(
        try fields.need("text"),
        secondsAgo: try needed("secondsAgo", try fields.number("secondsAgo", in: 0...31_536_000)),
        reason: try fields.need("reason"))
    case .correction:
      .correction(
        reading: try needed("reading", try fields.number("reading", in: 1...100_000)),
        try HandReadingText.pressure(&fields), reason: try fields.need("reason"))
    case .annotate: .annotate(try ChartText.target(&fields), reason: try fields.need("reason"))
    case .abort: .abort(reason: try fields.need("reason"))
    case .departed: .departed(with: try fields.need("with"))
    case .note: .note(try fields.need("text"))
    case .acknowledge: .acknowledge(try alarm(&fields))
    case .audioPause: .audioPause(seconds: try fields.number("seconds", in: 1...86_400) ?? 120)
    case .audioResume: .audioResume
    case .alarmPause:
      .alarmPause(
        seconds: try fields.number("seconds", in: 1...86_400) ?? Inactivation.longestAlarmPause,
        reason: try fields.need("reason"))
    case .alarmResume: .alarmResume
    case .alarmOff:
      .alarmOff(try needed("alarm", try alarm(&fields)), reason: try fields.need("reason"))
    case .alarmOn: .alarmOn(try needed("alarm", try alarm(&fields)))
    case .answer:
      .answer(
        try needed("alarm", try alarm(&fields)),
        try needed("answer", try fields.word("answer", AlarmAnswer.self)))
    case .owner: .owner(try station(&fields))
    case .stationPause:
      .stationPause(
        try needed("station", try station(&fields)),
        seconds: try fields.number("seconds", in: 1...86_400) ?? 120)
    case .stationResume: .stationResume(try needed("station", try station(&fields)))
    case .confirmLimits: .confirmLimits
    case .setLimit:
      .setLimit(
        field: try fields.need("field"),
        value: try needed("value", try fields.number("value", in: 0...10_000)),
        reason: fields.take("reason"))
    case .limbs: .limbs(try limbs(&fields))
    case .nibpStart: .nibpStart
    case .nibpStat: .nibpStat
    case .nibpAbort: .nibpAbort
    case .schedule:
      .schedule(
        dueSeconds: try dues(try fields.need("due")),
        startsByItself: try fields.word("start", CuffStart.self) != .manual)
    }
  }

  /// The fields of a command, in the order they are written.
  public static func fields(of command: Command) -> [(key: String, value: String)] {
    let all: [(key: String, value: String?)] =
      switch command {
      case .book(let route, let patient): [("route", route.rawValue), ("patient", patient)]
      case .checkIn(let route, let patient, let isIdentified, let seatedMinutes):
        [
          ("route", route.rawValue), ("patient", patient),
          ("identified", isIdentified ? "yes" : nil),
          ("seated", seatedMinutes == 0 ? nil : "\(seatedMinutes)"),
        ]
      case .doseStart(let route, let reason): [("route", route?.rawValue), ("reason", reason)]
      case .cancel(let reason), .holdDeclared(let reason), .holdCleared(let reason),
        .reopenClinical(let reason), .abort(let reason):
        [("reason", reason)]
      case .doseEnd(let ending, let cause, let reason):
        [("how", ending.rawValue), ("cause", cause?.rawValue), ("reason", reason)]
      case .leaveAMA(let reason, let adviceGiven, let refusalForm):
        [
          ("reason", reason), ("advice", adviceGiven ? "yes" : nil),
          ("refusalForm", refusalForm ? "yes" : nil),
        ]
      case .patientAway(let escort): [("escort", escort.name)]
      case .extend(let minutes, let reason): [("minutes", "\(minutes)"), ("reason", reason)]
      case .assess(let assessment):
        Assessment.scores.map { ($0.name, assessment[keyPath: $0.path].map(String.init)) }
          + Assessment.answers.map {
            ($0.name, assessment[keyPath: $0.path].map { $0 ? "yes" : "no" })
          } + [("gait", assessment.gait?.rawValue)]
      case .escort(let escort): [("type", escort.rawValue)]
      case .transfer(let destination, let note): [("to", destination), ("note", note)]
      case .handoverDone(let note): [("note", note)]
      case .chart(let chart): ChartText.fields(of: chart)
      case .checklist(let answers): ChartText.fields(of: answers)
      case .series(let series):
        [
          ("kind", series.kind.rawValue), ("index", "\(series.index)"),
          ("planned", "\(series.planned)"),
        ]
      case .symptom(let report):
        [("name", report.symptom.rawValue), ("severity", ChartText.text(report.severity))]
      case .medication(let drug):
        [("name", drug.name), ("class", drug.kind.rawValue), ("dose", drug.dose)]
      case .oxygen(let tenths): [("flow", Fields.decimal(tenths, scale: 10))]
      case .nasalDevice(let number): [("number", "\(number)")]
      case .handover(let nurse): [("to", nurse.name)]
      case .preset(let field, let value, let reason):
        [("field", field.rawValue), ("value", value), ("reason", reason)]
      case .waive(let criterion, let reason):
        [("criterion", criterion.rawValue), ("reason", reason)]
      case .addendum(let text): [("text", text)]
      case .lateEntry(let text, let secondsAgo, let reason):
        [("text", text), ("secondsAgo", "\(secondsAgo)"), ("reason", reason)]
      case .correction(let number, let pressure, let reason):
        [("reading", "\(number)")] + HandReadingText.fields(of: pressure).map { ($0.key, $0.value) }
          + [("reason", reason)]
      case .annotate(let target, let reason):
        ChartText.fields(of: target) + [("reason", reason)]
      case .departed(let companion): [("with", companion)]
      case .note(let text): [("text", text)]
      case .acknowledge(let id): [("alarm", id?.rawValue ?? "all")]
      case .audioPause(let seconds): [("seconds", "\(seconds)")]
      case .alarmPause(let seconds, let reason): [("seconds", "\(seconds)"), ("reason", reason)]
      case .alarmOff(let id, let reason): [("alarm", id.rawValue), ("reason", reason)]
      case .alarmOn(let id): [("alarm", id.rawValue)]
      case .answer(let id, let answer): [("alarm", id.rawValue), ("answer", answer.rawValue)]
      case .owner(let station): [("station", station?.name)]
      case .stationPause(let station, let seconds):
        [("station", station.name), ("seconds", "\(seconds)")]
      case .stationResume(let station): [("station", station.name)]
      case .setLimit(let field, let value, let reason):
        [("field", field), ("value", "\(value)"), ("reason", reason)]
      case .limbs(let limbs): Self.fields(of: limbs).map { ($0.key, $0.value) }
      case .schedule(let dueSeconds, let startsByItself):
        [
          ("due", dueSeconds.isEmpty ? "none" : dueSeconds.map(String.init).joined(separator: ",")),
          ("start", startsByItself ? nil : CuffStart.manual.rawValue),
        ]
      case .baselineAccepted, .dosePause, .doseResume, .stopRequested, .patientReturned, .sign,
        .audioResume, .alarmResume, .confirmLimits, .nibpStart, .nibpStat, .nibpAbort:
        []
      }
    return all.compactMap { key, value in value.map { (key, $0) } }
  }

  /// Where things are, by the names that commands and the audit log use.
  public static func fields(of limbs: Limbs) -> [(key: String, value: String)] {
    [("cuff", limbs.cuff), ("oximeter", limbs.oximeter), ("iv", limbs.infusion)].compactMap {
      key, limb in limb.map { (key, $0.rawValue) }
    }
  }

  private static func limbs(_ fields: inout Fields) throws(TextError) -> Limbs {
    let limbs = Limbs(
      cuff: try fields.word("cuff", Limb.self), oximeter: try fields.word("oximeter", Limb.self),
      infusion: try fields.word("iv", Limb.self))
    guard limbs != Limbs() else { throw TextError("expected cuff=, oximeter= or iv=") }
    return limbs
  }

  private enum CuffStart: String, CaseIterable { case auto, manual }

  static func staff(_ key: String, _ name: String) throws(TextError) -> StaffID {
    guard let staff = StaffID(name) else {
      throw TextError("\(key)=\(name) is no user name (letters, digits, - and _, at most 15)")
    }
    return staff
  }

  static func needed<Value>(_ key: String, _ value: Value?) throws(TextError) -> Value {
    guard let value else { throw TextError("\(key)= is missing") }
    return value
  }

  private static func route(_ fields: inout Fields) throws(TextError) -> Route? {
    try fields.word("route", Route.self)
  }

  /// A station; none for any.
  private static func station(_ fields: inout Fields) throws(TextError) -> StaffID? {
    guard let name = fields.take("station") else { return nil }
    return try staff("station", name)
  }

  private static func alarm(_ fields: inout Fields) throws(TextError) -> AlarmID? {
    guard let name = fields.take("alarm"), name != "all" else { return nil }
    guard let id = AlarmID(rawValue: name) else {
      throw TextError("alarm=\(name) is no alarm; see the wall for the names")
    }
    return id
  }

  private static func dues(_ text: String) throws(TextError) -> [Int] {
    guard text != "none" else { return [] }
    var dues: [Int] = []
    for word in text.split(separator: ",") {
      guard let due = Int(word), (-86_400...86_400).contains(due) else {
        throw TextError("due=\(text): “\(word)” is not a number of seconds")
      }
      dues.append(due)
    }
    return dues
  }

  private static func assessment(_ fields: inout Fields) throws(TextError) -> Assessment {
    var assessment = Assessment()
    for score in Assessment.scores {
      assessment[keyPath: score.path] = try fields.number(score.name, in: score.range)
    }
    for answer in Assessment.answers {
      assessment[keyPath: answer.path] = try fields.answer(answer.name)
    }
    assessment.gait = try fields.word("gait", Assessment.Gait.self)
    return assessment
  }
}
