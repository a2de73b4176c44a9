import ArgumentParser
import Monitoring
import Settings

/// `chairside policy check`: whether a policy file may be used.
struct PolicyCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a policy file, with every complaint at its place.",
    discussion: "Ends with 0 when the policy may be used, with 65 after complaints.")

  @Argument(help: "A policy file, or the name of the built-in one.")
  var file: String

  func run() throws {
    let policy = try PolicyFile.read(file)
    let changed = Policy.adultKetamineDefault1.differences(to: policy).filter { !$0.unit.isEmpty }
    Console.out(
      "\(file): policy \(policy.policyID) may be used; "
        + "\(changed.count) of \(Policy.fields.count) values differ from \(PolicyFile.builtIn)")
  }
}
