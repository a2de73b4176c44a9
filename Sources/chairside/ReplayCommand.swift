import ArgumentParser
import Monitoring
import Recording
import Settings
import Vitals

/// `chairside replay`: a recording through the same ward.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Feed a recording to the ward and print its events.")

  @Argument(help: "A .wire file, or - for standard input.")
  var file: String

  @Flag(help: "Events as JSON lines, which is also how they are printed without it.")
  var json = false

  @Option(help: "A timeline (.events) that must come out, line by line.")
  var expect: String?

  @Option(help: "Another policy file, to see what it would have done.")
  var policy: String?

  @Option(help: "Times real time, or “max”.")
  var speed = "max"

  func run() async throws {
    let text = try Console.text(file)
    let recording = try Console.badData(file) { try Recording(text: text) }
    let policy = try policy.map { path in
      let text = try Console.text(path)
      return try Console.badData { try Policy(text: text, file: path) }
    }
    let result = Replay(recording, policy: policy).run()
    try await play(result.events, from: recording.entries.first?.at ?? .zero)
    result.sendMismatches.forEach(Console.error)
    var isAsExpected = result.sendMismatches.isEmpty
    if let expect {
      let expected = try Console.text(expect).split(separator: "\n").map(String.init)
      if let difference = TimelineDifference(
        expected: expected, actual: result.events.map(\.line))
      {
        Console.error("\(expect): \(difference)")
        isAsExpected = false
      }
    }
    if !isAsExpected { throw ExitCode.finding }
  }

  /// Prints the events, at their times when a speed is given.
  private func play(_ events: [(at: Instant, line: String)], from start: Instant) async throws {
    guard speed != "max" else {
      for event in events { Console.out(event.line) }
      return
    }
    guard let factor = Double(speed), factor > 0 else {
      throw ValidationError("--speed must be a positive number or max")
    }
    let begun = ContinuousClock.now
    for event in events {
      let after = Double((event.at - start).nanoseconds) / 1e9 / factor
      try await Task.sleep(until: begun + .seconds(after))
      Console.out(event.line)
    }
  }
}
