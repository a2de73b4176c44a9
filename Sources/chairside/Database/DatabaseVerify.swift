import ArgumentParser

/// `chairside db verify`: `chairside verify` of the log in its usual place.
struct DatabaseVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the log for anything changed, missing, inserted or moved.")

  @OptionGroup var log: LogOption

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    try Verify.parse([log.db] + (json ? ["--json"] : [])).run()
  }
}
