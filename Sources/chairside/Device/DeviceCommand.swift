import ArgumentParser

/// `chairside device`: one device at a time.
struct DeviceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device", abstract: "Look at one device, recognise it, bind it to a chair.",
    subcommands: [Scan.self, Identify.self, Bind.self, Tail.self, Download.self])
}
