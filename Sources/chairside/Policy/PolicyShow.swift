import ArgumentParser
import Monitoring
import Recording

/// `chairside policy show`: every value with its unit and allowed range.
struct PolicyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print every value of a policy.",
    discussion: "With --json the output is itself a policy file.")

  @Argument(help: "A policy file, or the name of the built-in one.")
  var file = PolicyFile.builtIn

  @Flag(help: "As a JSON policy file.")
  var json = false

  func run() throws {
    let policy = try PolicyFile.read(file)
    guard !json else { return Console.out(Self.json(policy)) }
    Console.out("policy \(policy.policyID)")
    let rows = Policy.fields.map { field in
      let isDefault =
        policy[keyPath: field.path] == Policy.adultKetamineDefault1[keyPath: field.path]
      let note = isDefault ? "" : "built in: \(field.number(Policy.adultKetamineDefault1))"
      return [field.name, field.number(policy), field.unit, "allowed \(field.allowedText)", note]
    }
    TextTable.lines(rows, rightAligned: [1]).forEach(Console.out)
  }

  private static func json(_ policy: Policy) -> String {
    var json = JSONLine()
    json.add("policyId", policy.policyID)
    var sections: [(name: String, values: JSONLine)] = []
    for field in Policy.fields {
      let parts = field.name.split(separator: ".", maxSplits: 1).map(String.init)
      if sections.last?.name != parts[0] { sections.append((parts[0], JSONLine())) }
      sections[sections.count - 1].values.addRaw(parts[1], field.number(policy))
    }
    for section in sections { json.addRaw(section.name, section.values.line) }
    return json.line
  }
}
