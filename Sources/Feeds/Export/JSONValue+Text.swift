import Recording

extension JSONValue {
  /// The value as compact JSON: members in their order, numbers with the digits they were read with.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): JSONLine.quoted(text)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\(JSONLine.quoted($0.name)):\($0.value.text)" }.joined(separator: ",")
        + "}"
    }
  }
}
