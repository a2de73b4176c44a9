import ArgumentParser
import Store

/// `chairside db backup`: a copy that was verified, while the daemon goes on.
struct DatabaseBackup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the log, and verify the copy.",
    discussion: """
      The daemon need not stop. The copy appears under its name once every row, the chain and every \
      signature in it have been verified; the site's private key is not copied: keep it elsewhere.
      """)

  @OptionGroup var log: LogOption

  @Argument(help: "Where to: a file of any name.")
  var path: String

  @Flag(help: "Tell how far it is, also where standard error is no terminal.")
  var progress = false

  func run() throws {
    var progress = Progress(isAsked: progress)
    let backup = try Console.badData {
      try Backup(of: log.db, to: path) {
        progress.say("copying", done: Int($0 * 1000), of: 1000)
      }
    }
    progress.end()
    let head = backup.verification.head
    Console.out("\(path): verified, \(backup.verification.signatureCount) signatures")
    Console.out("\(path): head: link \(head.link) \(head.hash)")
  }
}
