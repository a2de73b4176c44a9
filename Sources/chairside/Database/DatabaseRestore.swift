import ArgumentParser
import Foundation
import Store

/// `chairside db restore`: a backup takes the log's place.
struct DatabaseRestore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a backup in the log's place.",
    discussion: """
      The daemon must be stopped. The backup is verified first; a log that lies there is set aside, \
      not deleted. Events are numbered anew from where the backup ends, so the daemon counts the \
      log's epoch on: an event's name is site, epoch and number.
      """)

  @OptionGroup var log: LogOption

  @Argument(help: "The backup.")
  var backup: String

  func run() throws {
    let form = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
    let (aside, verification) = try Console.badData {
      try Backup.restore(backup, to: log.db, stamp: Date.now.formatted(form))
    }
    if let aside { Console.out("\(log.db): set aside as \(aside)") }
    Console.out("\(log.db): restored, \(verification.signatureCount) signatures verified")
  }
}
