import ArgumentParser
import Store

/// `chairside db vacuum`: gives back the space of what was removed.
struct DatabaseVacuum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum", abstract: "Give back the space of what was removed.",
    discussion: "The daemon must be stopped, and the disk have room for a second copy.")

  @OptionGroup var log: LogOption

  func run() throws {
    let (before, after) = try Console.badData { try Vacuum.run(path: log.db) }
    Console.out("\(log.db): \(before) bytes before, \(after) after")
  }
}
