import ArgumentParser
import Store

/// `chairside db check`: whether every part of the log can be read.
struct DatabaseCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check that every part of the log can be read.",
    discussion: """
      SQLite's integrity check, every block of numerics with its rollup, every row of the flight \
      recorder. Ends with 0 when all is well, 2 when not. Whether somebody changed the log is for \
      chairside db verify.
      """)

  @OptionGroup var log: LogOption

  func run() throws {
    let check = try Console.badData { try LogCheck(path: log.db) }
    for complaint in check.complaints { Console.out("\(log.db): \(complaint)") }
    Console.out(
      "\(log.db): \(check.blocks) blocks with \(check.samples) seconds, "
        + "\(check.tapeRows) rows of the flight recorder: "
        + (check.complaints.isEmpty ? "all well" : "\(check.complaints.count) complaints"))
    if !check.complaints.isEmpty { throw ExitCode.finding }
  }
}
