public import Monitoring
import Vitals

/// Commands as a name and `key=value` fields: one form for recordings, the API and the shell.
public enum CommandText {
  /// Reads a command; every complaint names the field and what was expected.
  public static func parse(_ name: String, _ fields: inout Fields) throws(TextError) -> Command {
    guard let known = CommandName(rawValue: name) else {
      throw TextError("there is no command “\(name)”")
    }
    return switch known {
    case .book: .book(route: try route(&fields) ?? .iv40, patient: fields.take("patient"))
    case .checkIn: .checkIn(route: try route(&fields) ?? .iv40, patient: fields.take("patient"))
    case .cancel: .cancel(reason: try fields.need("reason"))
    case .baselineAccepted: .baselineAccepted
    case .holdDeclared: .holdDeclared(reason: try fields.need("reason"))
    case .holdCleared: .holdCleared(reason: try fields.need("reason"))
    case .doseStart: .doseStart(route: try route(&fields))
    case .dosePause: .dosePause
    case .doseResume: .doseResume
    case .doseEnd: .doseEnd(try fields.word("how", DoseEnding.self) ?? .completed)
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
    case .transfer: .transfer(destination: try fields.need("to"))
    case .leaveAMA: .leaveAMA(reason: try fields.need("reason"))
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
      case .book(let route, let patient), .checkIn(let route, let patient):
        [("route", route.rawValue), ("patient", patient)]
      case .doseStart(let route): [("route", route?.rawValue)]
      case .cancel(let reason), .holdDeclared(let reason), .holdCleared(let reason),
        .leaveAMA(let reason), .abort(let reason):
        [("reason", reason)]
      case .doseEnd(let ending): [("how", ending.rawValue)]
      case .patientAway(let escort): [("escort", escort.name)]
      case .extend(let minutes, let reason): [("minutes", "\(minutes)"), ("reason", reason)]
      case .assess(let assessment):
        Assessment.scores.map { ($0.name, assessment[keyPath: $0.path].map(String.init)) }
          + Assessment.answers.map {
            ($0.name, assessment[keyPath: $0.path].map { $0 ? "yes" : "no" })
          }
      case .escort(let escort): [("type", escort.rawValue)]
      case .transfer(let destination): [("to", destination)]
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

  private enum CuffStart: String, CaseIterable { case auto, manual }

  static func staff(_ key: String, _ name: String) throws(TextError) -> StaffID {
    guard let staff = StaffID(name) else {
      throw TextError("\(key)=\(name) is no user name (letters, digits, - and _, at most 15)")
    }
    return staff
  }

  private static func needed<Value>(_ key: String, _ value: Value?) throws(TextError) -> Value {
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
      switch fields.take(answer.name) {
      case nil: break
      case "yes": assessment[keyPath: answer.path] = true
      case "no": assessment[keyPath: answer.path] = false
      case let other?: throw TextError("\(answer.name)=\(other) is neither yes nor no")
      }
    }
    return assessment
  }
}
