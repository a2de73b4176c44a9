import ArgumentParser
import Monitoring
import Recording
import Settings

/// `chairside policy diff`: the values in which two policies differ.
struct PolicyDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Tell what is different in a second policy.",
    discussion: "Ends with 0 when the policies are the same, with 2 when they are not.")

  @Argument(help: "A policy file, or the name of the built-in one.")
  var old: String

  @Argument(help: "Another.")
  var new: String

  @Flag(help: "One JSON object a line.")
  var json = false

  func run() throws {
    let differences = try PolicyFile.read(old).differences(to: try PolicyFile.read(new))
    if json {
      for difference in differences {
        var line = JSONLine()
        line.add("field", difference.field)
        // The name is text, every other value a number.
        if difference.unit.isEmpty {
          line.add("old", difference.old)
          line.add("new", difference.new)
        } else {
          line.addRaw("old", difference.old)
          line.addRaw("new", difference.new)
        }
        line.add(ifAny: "unit", difference.unit.isEmpty ? nil : difference.unit)
        Console.out(line.line)
      }
    } else {
      let rows = differences.map { [$0.field, $0.old, "→", $0.new, $0.unit] }
      TextTable.lines(rows, rightAligned: [1, 3]).forEach(Console.out)
    }
    if !differences.isEmpty { throw ExitCode.finding }
  }
}
