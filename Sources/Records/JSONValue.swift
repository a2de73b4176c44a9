import Recording

/// A value of JSON that has exactly one text: keys in the order of their bytes, no spaces, numbers as
/// integers or fixed decimals, never a float.
///
/// Numbers stay text from the log to the bundle, so nothing is rounded on the way.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Digits with an optional sign and decimals, such as `946.0`.
  case number(String)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// A whole number.
  public static func integer(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }

  /// A whole number, or `null`.
  public static func integer(ifAny value: (some BinaryInteger)?) -> JSONValue {
    value.map { .number("\($0)") } ?? .null
  }

  /// The one text of this value.
  public var canonical: String {
    var out = ""
    write(to: &out)
    return out
  }

  private func write(to out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let digits): out += digits
    case .text(let text): out += JSONLine.quoted(text)
    case .list(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += "," }
        value.write(to: &out)
      }
      out += "]"
    case .object(let fields):
      out += "{"
      let keys = fields.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for (index, key) in keys.enumerated() {
        if index > 0 { out += "," }
        out += JSONLine.quoted(key) + ":"
        fields[key]?.write(to: &out)
      }
      out += "}"
    }
  }

  /// The field of an object; `nil` for anything else.
  public subscript(_ key: String) -> JSONValue? {
    if case .object(let fields) = self { fields[key] } else { nil }
  }

  public var text: String? { if case .text(let text) = self { text } else { nil } }

  /// A number without decimals.
  public var integer: Int64? { if case .number(let digits) = self { Int64(digits) } else { nil } }

  public var list: [JSONValue]? { if case .list(let values) = self { values } else { nil } }

  public var object: [String: JSONValue]? {
    if case .object(let fields) = self { fields } else { nil }
  }

  /// The same object without one field.
  public func without(_ key: String) -> JSONValue {
    guard case .object(var fields) = self else { return self }
    fields[key] = nil
    return .object(fields)
  }

  /// The same object with one field more.
  public func with(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(var fields) = self else { return self }
    fields[key] = value
    return .object(fields)
  }
}

extension JSONValue {
  /// Reads one JSON value that fills the text; `nil` for anything that is not strictly JSON, has a
  /// key twice, an exponent, or is nested more than 32 deep.
  public init?(_ text: some StringProtocol) { self.init(Array(text.utf8)) }

  /// Reads UTF-8.
  public init?(_ bytes: [UInt8]) {
    guard let tree = JSONTree(bytes) else { return nil }
    self.init(tree)
  }

  private init?(_ tree: JSONTree) {
    switch tree {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let digits): self = .number(digits)
    case .text(let text): self = .text(text)
    case .list(let values):
      let list = values.compactMap(JSONValue.init)
      guard list.count == values.count else { return nil }
      self = .list(list)
    case .object(let members):
      var fields: [String: JSONValue] = [:]
      for (name, tree) in members {
        guard let value = JSONValue(tree), fields.updateValue(value, forKey: name) == nil else {
          return nil
        }
      }
      self = .object(fields)
    }
  }
}
