import ArgumentParser
import Daemon

/// The command line; one file per verb.
@main struct Chairside: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chairside",
    abstract: "Watches vital signs at infusion chairs.",
    discussion: """
      Chairside is not a certified medical device and must not be the only alarm. It does not \
      replace a trained person at the chair or the alarms of a cleared monitor.

      Exit status: 0 as expected, 2 a finding (mismatch, failed expectation), 64 usage, 65 bad \
      data with file, line and reason, 66 no input, 69 not reachable, 73 cannot create, 78 bad \
      configuration.
      """,
    version: Daemon.version,
    subcommands: [
      Serve.self, DemoCommand.self, Check.self, Drivers.self, Decode.self, ReplayCommand.self,
      SceneCommand.self, Simulate.self, Export.self, Verify.self, Detect.self, Devices.self,
      DeviceCommand.self, AccountCommand.self, AlarmCommand.self, PolicyCommand.self,
      DatabaseCommand.self, TLSCommand.self, Sound.self,
    ])
}
