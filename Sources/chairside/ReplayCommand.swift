import ArgumentParser
import Monitoring
import Recording
import Store
import Vitals

/// `chairside replay`: a recording through the same ward, or many of them under another policy.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Feed a recording to the ward and print its events, or what another policy changes.",
    discussion: """
      One recording: prints its events as JSON lines. With --policy, prints instead which alarms \
      that policy adds, removes, moves and gives another priority; with --policy and --json, prints \
      the events under that policy and after them one line of the event “whatIf” a difference.

      A folder (every .wire below it) or several files: prints the alarm burden, that is alarms per \
      chair-hour by rule and priority, with --policy before and after. Recordings that cannot be \
      read are named and counted, and the exit status is 65.

      --from DB --chair CHAIR: a session out of a log; its events must be those that the log holds.
      """)

  @Argument(help: "A .wire file, or - for standard input; a folder of them, or several files.")
  var files: [String] = []

  @Option(name: .customLong("from"), help: "A log: replays a session out of its flight recorder.")
  var log: String?

  @Option(help: "With --from: the chair.")
  var chair: String?

  @Option(help: "With --from: the session of this name, instead of the chair's latest.")
  var session: String?

  @Flag(help: "JSON lines: events, and with --policy the differences; the burden of a folder.")
  var json = false

  @Option(help: "A timeline (.events) that must come out, line by line.")
  var expect: String?

  @Option(help: "Another policy, to see what it would have done: a file, or the built-in's name.")
  var policy: String?

  @Option(help: "Times real time, or “max”.")
  var speed = "max"

  func validate() throws {
    guard (log == nil) != files.isEmpty else {
      throw ValidationError("give recordings, or a log with --from DB --chair CHAIR")
    }
    guard log == nil || chair.flatMap({ ChairID($0) }) != nil else {
      throw ValidationError("--from needs --chair, of letters, digits, - and _, at most 15")
    }
    guard log != nil || chair == nil && session == nil else {
      throw ValidationError("--chair and --session go with --from")
    }
  }

  func run() async throws {
    let policy = try policy.map(PolicyFile.read)
    if log == nil, let folder = try RecordingFolder(files) {
      guard expect == nil, speed == "max" else {
        throw ValidationError("--expect and --speed are for a single recording")
      }
      return try folder.report(policy, json: json)
    }
    let stored = try await storedSession()
    let recording =
      if let stored { stored.recording } else {
        try Console.badData(files[0]) { try Recording(text: try Console.text(files[0])) }
      }
    let result = Replay(recording, policy: policy).run()
    if policy == nil || json {
      try await play(result.events, from: recording.entries.first?.at ?? .zero)
    }
    // What was sent is asserted for the recording's own policy; another one orders a cuff at other
    // times.
    var isAsExpected = true
    if let policy {
      let whatIf = WhatIf(recording, policy: policy)
      (json ? whatIf.jsonLines : whatIf.lines).forEach(Console.out)
    } else {
      result.sendMismatches.forEach(Console.error)
      isAsExpected = result.sendMismatches.isEmpty
    }
    // What the log holds is what must come out of it, unless another policy is asked about.
    if let stored, policy == nil,
      let difference = TimelineDifference(
        expected: stored.events, actual: result.events.map(\.line))
    {
      Console.error("\(log ?? ""): \(difference)")
      isAsExpected = false
    }
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

  /// The session that is asked for out of a log.
  private func storedSession() async throws -> SessionRecord? {
    guard let log, let chair = chair.flatMap({ ChairID($0) }) else { return nil }
    let record: SessionRecord?
    do {
      record = try await SessionRecord(of: chair, named: session, in: try History(path: log))
    } catch {
      Console.error("\(log): \(error)")
      throw ExitCode.badData
    }
    guard let record else {
      Console.error("\(log): no such session of chair \(chair) is in this log")
      throw ExitCode(3)
    }
    return record
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
