import ArgumentParser
import Daemon
import Dispatch
import DispatchKit
import Drivers
import Foundation
import Logging
import Settings

/// `chairside serve`: the daemon, in the foreground.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the daemon in the foreground.",
    discussion: "SIGTERM and SIGINT end it in order, SIGHUP reads the configuration again.")

  @Option(help: "The configuration file.")
  var config = "/etc/chairside/chairside.yaml"

  @Option(help: "TCP port of the station on 127.0.0.1; 0 takes a free one.")
  var port: Int?

  @Option(help: "Let the daemon's clock run this many times faster. For tests only.")
  var speed: Double = 1

  @Option(
    help: ArgumentHelp("The daemon's clock, as simulators were given it.", visibility: .hidden))
  var clock: String?

  @Option(
    help: ArgumentHelp(
      "How many bytes from devices may wait for a disk that takes none.", visibility: .hidden))
  var mostHeld = WardActor.mostHeld

  func run() async throws {
    let settings = try SettingsFile.read(config, port: port)
    LoggingSystem.bootstrap { _ in JournalHandler() }
    let logger = Logger(label: "chairside")
    var daemon = Daemon(settings: settings, logger: logger)
    daemon.speed = speed
    daemon.mostHeld = mostHeld
    daemon.clock = try sharedClock()
    let signals = SignalWatch()
    let (config, port) = (config, port)
    do {
      try await daemon.run { handle in
        Console.error("chairside \(Daemon.version) at http://127.0.0.1:\(handle.port)/wall")
        for await signal in signals.received {
          guard signal == SIGHUP else { return }
          handle.reload {
            // A file that does not read changes nothing.
            try? SettingsFile.read(config, port: port)
          }
        }
      }
    } catch {
      logger.critical("\(error)")
      throw ExitCode.unavailable
    }
  }

  private func sharedClock() throws -> WardClock? {
    guard speed > 0, speed <= 1000 else {
      throw ValidationError("--speed must be above 0 and at most 1000")
    }
    guard let clock else { return nil }
    guard let shared = WardClock(clock) else {
      throw ValidationError("--clock is not of the form boottime:instant:speed")
    }
    return shared
  }
}

/// Reads the configuration, with the policy file it may name.
enum SettingsFile {
  static func read(_ path: String, port: Int? = nil) throws -> Settings {
    let text = try Console.text(path)
    let folder = URL(filePath: path).deletingLastPathComponent()
    do {
      var settings = try Settings(
        text: text, file: path, knownDrivers: Catalog.slots
      ) { name in
        try? String(contentsOf: URL(filePath: name, relativeTo: folder), encoding: .utf8)
      }
      if let port { settings.port = port }
      return settings
    } catch {
      Console.error("\(error)")
      throw ExitCode.badConfiguration
    }
  }
}
