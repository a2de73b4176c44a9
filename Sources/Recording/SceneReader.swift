import Documents
import Monitoring
import Vitals

/// Reads the parts of a scene file; every complaint has line and column.
struct SceneReader {
  static let span = -86_400...86_400
  static let flagNames = ["sensorOff", "linkLost", "nonPulsatile", "motion", "frozen", "searching"]
  private static let keys = [
    "id", "title", "baseline", "start", "end", "phases", "spo2", "pr", "pi", "nibp", "schedule",
    "flags", "away", "acks", "events", "expect", "never", "anchor", "requiredSeconds", "escortAt",
    "sameLimb", "stationLost", "battery", "rr",
  ]
  private static let priorities: [String: Priority] = [
    "LOW": .low, "MED": .medium, "HIGH": .high,
  ]

  let root: Element
  private let values: [String: Element]

  init(_ root: Element) throws(Complaint) {
    self.root = root
    values = try root.mapping(known: Self.keys)
  }

  func need(_ key: String) throws(Complaint) -> Element {
    guard let value = values[key] else { throw root.complaint("“\(key)” is missing") }
    return value
  }

  func optional<Value>(
    _ key: String, _ read: (Element) throws(Complaint) -> Value
  ) throws(Complaint) -> Value? {
    guard let value = values[key] else { return nil }
    return try read(value)
  }

  func text(_ key: String) throws(Complaint) -> String { try need(key).text() }

  func seconds(_ key: String) throws(Complaint) -> Int { try Self.second(try need(key)) }

  static func second(_ element: Element) throws(Complaint) -> Int {
    try element.integer(in: span, unit: "s")
  }

  func baseline() throws(Complaint) -> Baseline {
    let element = try need("baseline")
    let values = try element.mapping(known: ["spo2", "pr", "sbp", "dbp"])
    func number(_ key: String, _ range: ClosedRange<Int>) throws(Complaint) -> Int {
      guard let value = values[key] else { throw element.complaint("“\(key)” is missing") }
      return try value.integer(in: range)
    }
    return Baseline(
      spo2: try number("spo2", 1...100), pulseRate: try number("pr", 18...300),
      systolic: try number("sbp", 30...280), diastolic: try number("dbp", 10...220))
  }

  func phases() throws(Complaint) -> [(at: Int, phase: Phase)] {
    var phases: [(at: Int, phase: Phase)] = []
    for entry in try need("phases").list() {
      let (at, phase) = try Self.pair(entry)
      phases.append((try Self.second(at), try phase.word(Phase.self)))
    }
    return phases
  }

  func knotsIfAny(_ key: String) throws(Complaint) -> [Scene.Knot] {
    values[key] == nil ? [] : try knots(key)
  }

  static func truth(_ element: Element) throws(Complaint) -> Bool {
    switch try element.text() {
    case "true": true
    case "false": false
    default: throw element.complaint("expected true or false")
    }
  }

  func knots(_ key: String) throws(Complaint) -> [Scene.Knot] {
    var knots: [Scene.Knot] = []
    for entry in try need(key).list() {
      let (at, value) = try Self.pair(entry)
      let knot = Scene.Knot(
        at: try at.decimal(in: Self.span), value: try value.decimal(in: 0...1000))
      if let last = knots.last, knot.at <= last.at {
        throw at.complaint("times must rise")
      }
      knots.append(knot)
    }
    guard !knots.isEmpty else { throw try need(key).complaint("at least one value is needed") }
    return knots
  }

  func determinations() throws(Complaint) -> [Scene.Determination] {
    var all: [Scene.Determination] = []
    for entry in try need("nibp").list() {
      let values = try entry.mapping(known: [
        "start", "done", "sbp", "dbp", "pr", "fail", "quality",
      ])
      func number(_ key: String) throws(Complaint) -> Int {
        guard let value = values[key] else { throw entry.complaint("“\(key)” is missing") }
        return try value.integer(in: Self.span)
      }
      let (start, done) = (try number("start"), try number("done"))
      guard start < done else {
        throw (values["done"] ?? entry).complaint("a determination ends after its start")
      }
      all.append(
        Scene.Determination(
          start: start, done: done, systolic: try number("sbp"), diastolic: try number("dbp"),
          pulseRate: try values["pr"]?.integer(in: 18...300),
          quality: try values["quality"]?.word(BloodPressure.Quality.self) ?? .clean,
          failure: try values["fail"]?.word(DeterminationFailure.self).rawValue))
    }
    return all
  }

  func flags() throws(Complaint) -> [String: [Range<Int>]] {
    guard let element = values["flags"] else { return [:] }
    var flags: [String: [Range<Int>]] = [:]
    for (name, intervals) in try element.mapping(known: Self.flagNames) {
      flags[name] = try Self.intervals(intervals)
    }
    return flags
  }

  static func intervals(_ element: Element) throws(Complaint) -> [Range<Int>] {
    var intervals: [Range<Int>] = []
    for entry in try element.list() {
      let (from, to) = try pair(entry)
      let (lower, upper) = (try second(from), try second(to))
      guard lower < upper else { throw entry.complaint("an interval must not be empty") }
      intervals.append(lower..<upper)
    }
    return intervals
  }

  func acknowledgements() throws(Complaint) -> [(at: Int, alarm: AlarmID)] {
    var all: [(at: Int, alarm: AlarmID)] = []
    guard let element = values["acks"] else { return all }
    for entry in try element.list() {
      let (at, alarm) = try Self.pair(entry)
      all.append((try Self.second(at), try alarm.word(AlarmID.self)))
    }
    return all
  }

  func acts() throws(Complaint) -> [Scene.Act] {
    var acts: [Scene.Act] = []
    guard let element = values["events"] else { return acts }
    for entry in try element.list() {
      var details: [String: String] = [:]
      var (at, name): (Int?, String?) = (nil, nil)
      for (key, value) in try entry.mapping() {
        switch key {
        case "t": at = try Self.second(value)
        case "e": name = try value.text()
        case "why":
          var reasons: [String] = []
          for reason in try value.list() { reasons.append(try reason.text()) }
          details[key] = reasons.joined(separator: ",")
        default: details[key] = try value.text()
        }
      }
      guard let at, let name else { throw entry.complaint("an event needs t and e") }
      acts.append(Scene.Act(at: at, name: name, details: details))
    }
    return acts
  }

  func expectations() throws(Complaint) -> [Scene.Expectation] {
    var all: [Scene.Expectation] = []
    for entry in try need("expect").list() {
      let values = try entry.mapping(known: ["alarm", "prio", "from", "by", "clearBy"])
      guard let alarm = values["alarm"], let priority = values["prio"], let by = values["by"]
      else { throw entry.complaint("an expectation needs alarm, prio and by") }
      guard let known = Self.priorities[try priority.text()] else {
        throw priority.complaint("expected LOW, MED or HIGH")
      }
      all.append(
        Scene.Expectation(
          alarm: try alarm.word(AlarmID.self), priority: known,
          from: try values["from"].map(Self.second) ?? Self.span.lowerBound,
          by: try Self.second(by), clearBy: try values["clearBy"].map(Self.second)))
    }
    return all
  }

  func never() throws(Complaint) -> [String] {
    var names: [String] = []
    for entry in try need("never").list() {
      let name = try entry.text()
      guard Self.priorities[name] != nil || AlarmID(rawValue: name) != nil else {
        throw entry.complaint("“\(name)” is neither an alarm nor LOW, MED or HIGH")
      }
      names.append(name)
    }
    return names
  }

  private static func pair(_ element: Element) throws(Complaint) -> (Element, Element) {
    let list = try element.list()
    guard list.count == 2 else { throw element.complaint("expected two values") }
    return (list[0], list[1])
  }
}
