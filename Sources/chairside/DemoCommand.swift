import ArgumentParser
import Daemon
import Foundation
import Logging

/// `chairside demo`: a simulated clinic in one command.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Run a simulated clinic: the real daemon, real ptys.",
    discussion: "Writes nothing outside a temporary folder, which it removes at the end.")

  @Option(help: "TCP port of the station on 127.0.0.1; 0 takes a free one.")
  var port = 8080

  @Option(help: "Let the clinic's time run this many times faster.")
  var speed: Double = 1

  func run() async throws {
    guard speed > 0, speed <= 100 else {
      throw ValidationError("--speed must be above 0 and at most 100")
    }
    LoggingSystem.bootstrap { _ in JournalHandler() }
    let logger = Logger(label: "chairside")
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chairside-demo-\(UUID().uuidString.prefix(8))").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let signals = SignalWatch()
    let demo = try Demo(folder: folder, port: port, speed: speed, logger: logger)
    do {
      try await demo.run { port, forecast in
        greet(port, folder)
        let teller = Task { await tell(forecast) }
        for await signal in signals.received where signal != SIGHUP { break }
        teller.cancel()
        Console.out("Stopping.")
      }
    } catch {
      logger.critical("\(error)")
      throw ExitCode.unavailable
    }
  }

  private func greet(_ port: Int, _ folder: String) {
    Console.out(
      """
      Chairside demo: six simulated patients, the real daemon. Not a medical device.

        Wall      http://127.0.0.1:\(port)/wall
        Chair 1   http://127.0.0.1:\(port)/chairs/1   (choose “who are you”, then acknowledge)
        Sign as   \(DemoStaff.credentials)   (user / PIN, of the demo alone)
        Events    curl -N http://127.0.0.1:\(port)/api/v1/events
        Files     \(folder)

      Chair 1 will desaturate, chair 2 lose its probe, chair 3 has a pressor peak, chair 4 is in
      observation and becomes ready for sign-off, chairs 5 and 6 are quiet. Ctrl-C stops.

      """)
  }

  /// Says before each thing when it will happen, and that it did.
  private func tell(_ forecast: [Demo.Forecast]) async {
    let start = ContinuousClock.now
    for next in forecast {
      let due = start + .seconds(next.afterSeconds)
      let wait = max(
        0,
        Int(
          start.duration(to: due).components.seconds - start.duration(to: .now).components.seconds))
      Console.out("next in \(wait / 60):\(wait % 60 < 10 ? "0" : "")\(wait % 60)  \(next.text)")
      try? await Task.sleep(until: due)
      guard !Task.isCancelled else { return }
    }
    Console.out("Nothing more is planned; the patients stay as they are.")
  }
}
