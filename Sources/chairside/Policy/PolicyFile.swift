import ArgumentParser
import Monitoring
import Settings

/// Policies by file, or by the name of the built-in one.
enum PolicyFile {
  static let builtIn = Policy.adultKetamineDefault1.policyID

  /// Reads a policy; prints every complaint with file, line and column, and ends with 65.
  static func read(_ name: String) throws -> Policy {
    if name == builtIn { return .adultKetamineDefault1 }
    let text = try Console.text(name)
    return try Console.badData { try Policy(text: text, file: name) }
  }
}
