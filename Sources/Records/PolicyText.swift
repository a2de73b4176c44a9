public import Monitoring

/// A policy as the text that is hashed into every signature: its name and each of its values, one
/// `name=value` a line, in order of name, in the whole numbers of the command `setLimit`.
public enum PolicyText {
  /// The canonical text; every line ends with a newline.
  public static func canonical(_ policy: Policy) -> String {
    let values = Policy.fields.map { "\($0.name)=\(policy[keyPath: $0.path])" }.sorted()
    return text(["policyId=\(policy.policyID)"] + values)
  }

  /// The hash that signatures carry.
  public static func hash(_ text: String) -> ContentHash { ContentHash(of: text) }

  /// The same policy with limits changed, as far as it knows them.
  static func changing(_ policy: String, _ changes: [(field: String, value: Int64)]) -> String {
    var lines = policy.split(separator: "\n").map(String.init)
    for change in changes {
      guard let index = lines.firstIndex(where: { $0.hasPrefix(change.field + "=") }) else {
        continue
      }
      lines[index] = "\(change.field)=\(change.value)"
    }
    return text(lines)
  }

  private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
