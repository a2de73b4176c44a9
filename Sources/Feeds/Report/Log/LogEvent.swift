public import Vitals

/// One stored event: its durable number, its two times, and the fields of its timeline line.
public struct LogEvent: Hashable, Sendable {
  public let sequence: Int64
  public let at: Instant
  /// What the wall clock showed.
  public let wall: WallTime
  /// The members of the line; empty when it cannot be read.
  public let body: JSONValue

  init(sequence: Int64, at: Instant, wall: WallTime, body: JSONValue) {
    self.sequence = sequence
    self.at = at
    self.wall = wall
    self.body = body
  }

  /// Reads a stored line; one that is no JSON object keeps its number and times.
  public init(sequence: Int64, at: Instant, wall: WallTime, line: String) {
    self.sequence = sequence
    self.at = at
    self.wall = wall
    body = JSONValue(line) ?? .object([])
  }

  /// `alarm`, `session`, `reading`, … ; empty for a line that cannot be read.
  public var kind: String { self["event"] ?? "" }

  /// What an audit entry is about; `nil` for any other event.
  public var what: String? { kind == "audit" ? self["what"] : nil }

  /// A field as words; `nil` when it is missing, `null` or empty.
  public subscript(_ name: String) -> String? { body[name]?.words }

  public func int(_ name: String) -> Int? {
    guard case .number(let digits)? = body[name] else { return nil }
    return Int(digits)
  }

  /// A list of words; empty when it is missing.
  public func list(_ name: String) -> [String] {
    guard case .array(let values)? = body[name] else { return [] }
    return values.compactMap(\.words)
  }

  /// An instant written as seconds with up to three decimals.
  public func instant(_ name: String) -> Instant? {
    guard case .number(let digits)? = body[name], let seconds = Double(digits) else { return nil }
    return .milliseconds(Int64((seconds * 1000).rounded()))
  }

  /// A field with the place in the log that it was read from; `nil` when it is not there.
  public func figure(_ name: String) -> Figure? {
    self[name].map { Figure($0, .event(self, name)) }
  }

  /// A field shown in other words than the log's, which stay traceable to it.
  public func figure(_ name: String, as words: (String) -> String) -> Figure? {
    self[name].map { Figure(words($0), .event(self, name)) }
  }

  /// A field whose words are names of the program's, spelled out for a reader.
  public func spelled(_ name: String) -> Figure? { figure(name, as: LogEvent.spelled) }

  /// `responsibleAdult` as `responsible adult`; what has a space or begins with a capital is
  /// nobody's name for a thing, and stays.
  static func spelled(_ words: String) -> String {
    guard words.first?.isLowercase == true, !words.contains(" ") else { return words }
    return words.reduce(into: "") { text, letter in
      text += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }
}
