/// Builds one line of JSON with its fields in the order they are added.
///
/// Timelines are compared byte by byte, so the order and the form of numbers are part of the
/// format; an encoder that sorts keys or prints doubles its own way would not do.
public struct JSONLine {
  private var text = "{"

  public init() {}

  public mutating func add(_ key: String, _ value: Int) { addRaw(key, "\(value)") }
  public mutating func add(_ key: String, _ value: Bool) { addRaw(key, value ? "true" : "false") }
  public mutating func add(_ key: String, _ value: String) { addRaw(key, Self.quoted(value)) }
  public mutating func add(_ key: String, _ values: [String]) {
    addRaw(key, "[" + values.map(Self.quoted).joined(separator: ",") + "]")
  }
  public mutating func add(_ key: String, _ values: [Int]) {
    addRaw(key, "[" + values.map(String.init).joined(separator: ",") + "]")
  }

  /// Adds a field unless there is nothing to say.
  public mutating func add(ifAny key: String, _ value: Int?) { if let value { add(key, value) } }
  public mutating func add(ifAny key: String, _ value: String?) {
    if let value { add(key, value) }
  }

  /// Adds an optional as `null` when it is missing.
  public mutating func add(orNull key: String, _ value: Int?) {
    addRaw(key, value.map(String.init) ?? "null")
  }
  public mutating func add(orNull key: String, _ value: String?) {
    addRaw(key, value.map(Self.quoted) ?? "null")
  }

  /// Adds a value that is JSON already.
  public mutating func addRaw(_ key: String, _ json: String) {
    if text.utf8.count > 1 { text += "," }
    text += "\"\(key)\":\(json)"
  }

  public var line: String { text + "}" }

  /// A JSON string literal.
  public static func quoted(_ value: String) -> String {
    var out = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
