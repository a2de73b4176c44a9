import ArgumentParser

/// `chairside db`: the log's file.
struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Back up, restore, check, measure or shrink the log.",
    subcommands: [
      DatabaseBackup.self, DatabaseRestore.self, DatabaseCheck.self, DatabaseStatistics.self,
      DatabaseVacuum.self, DatabaseVerify.self,
    ])
}

/// Which log.
struct LogOption: ParsableArguments {
  @Option(help: "The log.")
  var db = "/var/lib/chairside/chairside.db"
}
