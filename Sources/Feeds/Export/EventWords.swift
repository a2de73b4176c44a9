/// What annotations say of an event, in a line of words.
enum EventWords {
  /// Audit entries that a reader of signals wants to see; the rest is in the NDJSON.
  private static let told: Set<String> = [
    "addendum", "alarmOff", "alarmOn", "alarmPaused", "alarmResumed", "annotated", "assessed",
    "audioPaused", "baseline", "corrected", "departed", "doseOverrun", "holdCleared",
    "holdDeclared", "interrupted", "lateEntry", "leftAgainstAdvice", "limitChanged", "medication",
    "nasalDevice", "note", "oxygen", "patientCalled", "reopened", "respirationCounted", "symptom",
    "wallClockStepped",
  ]
  private static let beside: Set<String> = ["t", "chair", "event", "what", "by", "text", "id"]

  /// The words of an event; `nil` for one that is no annotation.
  static func words(of event: LogEvent) -> String? {
    switch event.kind {
    case "alarm":
      let numbers = [
        event["value"].map { "value \($0)" }, event["limit"].map { "limit \($0)" }, event["remark"],
      ]
      return signed(event, "alarm \(event["alarm"] ?? "")", ["change", "priority"], numbers)
    case "session": return signed(event, "session", ["state", "substate", "reason"])
    case "signature": return signed(event, "signature", ["result", "meaning"])
    case "reading":
      let numbers = "NIBP \(event["sbp"] ?? "")/\(event["dbp"] ?? "") (\(event["map"] ?? "")) mmHg"
      let pulse = event["pr"].map { "pulse \($0)" }
      return signed(event, numbers, ["source", "quality"], [pulse])
    case "device":
      return signed(event, "device \(event["slot"] ?? "")", ["change", "driver", "reason", "why"])
    case "audit":
      guard let what = event.what, told.contains(what) else { return nil }
      return signed(event, what, [], [event["text"], rest(of: event)])
    default: return nil
    }
  }

  /// `what: field, field, more (who)`; what is missing is left out.
  private static func signed(
    _ event: LogEvent, _ what: String, _ fields: [String], _ more: [String?] = []
  ) -> String {
    let words = (fields.map { event[$0] } + more).compactMap(\.self)
    let text = words.isEmpty ? what : what + ": " + words.joined(separator: ", ")
    return event["by"].map { "\(text) (\($0))" } ?? text
  }

  /// The members that stand for no word yet, by name.
  private static func rest(of event: LogEvent) -> String? {
    guard case .object(let members) = event.body else { return nil }
    let words = members.filter { !beside.contains($0.name) }.compactMap { member in
      member.value.words.map { "\(LogEvent.spelled(member.name)) \($0)" }
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}
