import Recording

/// A value of a stored event line, with its members in their order and its numbers as written.
///
/// A report shows what the log says, digit for digit; a parser that turns numbers into doubles and
/// objects into dictionaries would not do.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The digits as they stand.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A name and its value.
  public struct Member: Hashable, Sendable {
    public let name: String
    public let value: JSONValue
  }

  /// Reads one JSON text; `nil` when it is none, or nested deeper than 32 levels.
  public init?(_ text: String) {
    guard let tree = JSONTree(Array(text.utf8)) else { return nil }
    self.init(tree)
  }

  private init(_ tree: JSONTree) {
    self =
      switch tree {
      case .null: .null
      case .bool(let value): .bool(value)
      case .number(let digits): .number(digits)
      case .text(let text): .string(text)
      case .list(let values): .array(values.map(JSONValue.init))
      case .object(let members):
        .object(members.map { Member(name: $0.name, value: JSONValue($0.value)) })
      }
  }

  /// The value of this name, when this is an object that has it.
  public subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// A plain value as words; lists joined by commas; `nil` for `null`, and for what is empty.
  public var words: String? {
    switch self {
    case .null: nil
    case .bool(let value): value ? "yes" : "no"
    case .number(let digits): digits
    case .string(let text): text.isEmpty ? nil : text
    case .array(let values):
      values.isEmpty ? nil : values.compactMap(\.words).joined(separator: ", ")
    case .object(let members):
      members.isEmpty
        ? nil
        : members.compactMap { member in member.value.words.map { "\(member.name) \($0)" } }
          .joined(separator: ", ")
    }
  }
}
