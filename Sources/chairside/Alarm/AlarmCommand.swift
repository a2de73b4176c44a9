import ArgumentParser

/// `chairside alarm`: the alarms of a chair's latest session.
struct AlarmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alarm", abstract: "List the alarms of a session; explain one.",
    subcommands: [AlarmList.self, AlarmExplain.self])
}
