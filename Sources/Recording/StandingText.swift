import Monitoring
import Vitals
import Ward

/// The ward's own alarms at the start of a recording, as lines of its heading.
///
/// `@ alarms 3`, `@ alarm LOG_FAIL id=3 priority=low raised=-60.000 since=-60.000 revision=1`,
/// `@ station front lost`.
enum StandingText {
  static func lines(_ standing: StandingAlarms) -> [String] {
    guard standing != StandingAlarms() else { return [] }
    let alarms = standing.alarms.map { one in
      let alarm = one.alarm
      let fields: [(String, String?)] = [
        ("id", "\(alarm.serial)"), ("priority", alarm.priority.name),
        ("raised", Seconds.signed(alarm.raisedAt)), ("since", Seconds.signed(one.since)),
        ("revision", "\(alarm.revision)"), ("by", alarm.acknowledgedBy?.name),
        ("remark", alarm.remark.map { Fields.quoted($0.rawValue) }),
        ("shown", one.shownAt.isEmpty ? nil : one.shownAt.map(\.name).joined(separator: ",")),
      ]
      let words = fields.compactMap { key, value in value.map { "\(key)=\($0)" } }
      return (["@ alarm \(alarm.id.rawValue)"] + words).joined(separator: " ")
    }
    return ["@ alarms \(standing.count)"] + alarms + standing.lost.map { "@ station \($0) lost" }
  }

  /// Reads what follows `@ alarms`.
  static func count(_ words: some Collection<String>) throws(TextError) -> Int {
    guard words.count == 1, let count = words.first.flatMap({ Int($0) }), numbers.contains(count)
    else { throw TextError("expected @ alarms NUMBER") }
    return count
  }

  /// Reads what follows `@ alarm`.
  static func alarm(_ words: ArraySlice<String>) throws(TextError) -> StandingAlarms.Standing {
    guard let id = words.first.flatMap(AlarmID.init(rawValue:)) else {
      throw TextError("“\(words.first ?? "")” is no alarm")
    }
    var fields = try Fields.read(words.dropFirst())
    let word = try fields.need("priority")
    guard let priority = Priority.allCases.first(where: { $0.name == word }) else {
      throw TextError("priority=\(word) is none of: low, medium, high")
    }
    var alarm = Alarm(
      id: id, serial: try number("id", &fields), priority: priority, presence: .active,
      raisedAt: try instant("raised", &fields))
    alarm.revision = try number("revision", &fields)
    if let by = fields.take("by") { alarm.acknowledgedBy = try CommandText.staff("by", by) }
    if let text = fields.take("remark") {
      guard let remark = Alarm.Remark(rawValue: text) else {
        throw TextError("remark=\(text) is none that there is")
      }
      alarm.remark = remark
    }
    var shown: [StaffID] = []
    for name in fields.take("shown")?.split(separator: ",") ?? [] {
      shown.append(try CommandText.staff("shown", String(name)))
    }
    let since = try instant("since", &fields)
    try fields.finish()
    return StandingAlarms.Standing(alarm: alarm, since: since, shownAt: shown)
  }

  private static let numbers = 0...1_000_000_000
  /// Whom an alarm has called so far is counted from its start.
  private static let longest = Duration.seconds(366 * 86_400)

  private static func number(_ key: String, _ fields: inout Fields) throws(TextError) -> Int {
    guard let number = try fields.number(key, in: numbers) else {
      throw TextError("\(key)= is missing")
    }
    return number
  }

  private static func instant(_ key: String, _ fields: inout Fields) throws(TextError) -> Instant {
    let text = try fields.need(key)
    guard let instant = Seconds.parse(text), instant > .zero - longest else {
      throw TextError("\(key)=\(text) is not a number of seconds, at most a year ago")
    }
    return instant
  }
}
