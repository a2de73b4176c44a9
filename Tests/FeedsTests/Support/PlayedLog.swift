import Drivers
import Feeds
import Monitoring
import Recording
import TestKit
import Vitals
import Ward

/// A scene played through the ward, kept as the log would keep it.
struct PlayedLog {
  var log: SessionLog
  /// The stored lines by number.
  var lines: [Int64: String]

  /// 10:02:11 at UTC-05:00, as in every scene.
  static let wallAtZero = WallTime(milliseconds: 1_773_500_531_000)
  static let offsetSeconds = -5 * 3600
  /// Where the scene's zero lies on the ward's time line.
  static let zero = Instant.seconds(10_000)

  /// Plays a scene of `fixtures/scenes`.
  static func play(_ name: String) throws -> PlayedLog {
    try play(text: Fixtures.text("fixtures/scenes/\(name).json"), name)
  }

  static func play(text: String, _ name: String) throws -> PlayedLog {
    let chair = ChairID("7")!
    let scene = try Scene(text: text, file: name)
    var player = try ScenePlayer(scene, chair: chair)
    let recording = player.play().recording
    var ward = Ward(recording.plan)
    var collected: [(at: Instant, output: WardOutput)] = []
    var commands: [LogCommand] = []
    for (at, entry) in recording.entries {
      let now = zero + (at - Instant.zero)
      guard case .input(let input) = entry else {
        ward.advance(to: now) { collected.append(($0, $1)) }
        continue
      }
      if case .command(_, let command, let by) = input {
        let fields = CommandText.fields(of: command).map { ($0.key, $0.value) }
        commands.append(
          LogCommand(
            at: now, name: command.name.rawValue, by: by.name,
            fields: Dictionary(fields, uniquingKeysWith: { $1 })))
      }
      ward.handle(input, at: now) { collected.append(($0, $1)) }
    }
    var played = log(collected, commands)
    let end = zero + .seconds(scene.end)
    if let clock = ward[chair]?.monitor.session?.clock {
      played.log.clocks = [
        LogClock(
          at: end, anchor: clock.anchor, requiredSeconds: clock.required.wholeSeconds,
          elapsedSeconds: clock.elapsed(at: end).wholeSeconds,
          creditSeconds: clock.credit(at: end).wholeSeconds)
      ]
    }
    return played
  }

  private static func log(
    _ collected: [(at: Instant, output: WardOutput)], _ commands: [LogCommand]
  ) -> PlayedLog {
    var (events, samples): ([LogEvent], [LogSample]) = ([], [])
    var lines: [Int64: String] = [:]
    for (at, output) in collected {
      switch output {
      case .event(let chair, let event):
        let number = Int64(100 + events.count)
        let line = EventText.line(chair, event, at: at)
        lines[number] = line
        events.append(
          LogEvent(sequence: number, at: at, wall: wallAtZero + (at - zero), line: line))
      case .sample(_, let reading):
        samples.append(
          LogSample(
            at: at, spo2: reading?.saturation?.percent, pulseRate: reading?.pulseRate?.perMinute,
            status: reading?.status ?? []))
      case .send, .sendFeature: break
      }
    }
    // As the log bounds a visit: from the first change of the session.
    let opening = events.firstIndex { $0.kind == "session" } ?? 0
    let log = SessionLog(
      id: "s-20260314-\(100 + opening)", site: "Test clinic", chair: "7",
      events: Array(events[opening...]), devicesBefore: [], samples: samples,
      runs: [
        LogRun(
          instant: zero - .seconds(300), boot: "boot-1", software: "9.8.7",
          policyID: "adult-ketamine-default-1", policy: .adultKetamineDefault1)
      ],
      commands: commands,
      staff: [
        "rn1": SessionLog.Person(name: "R. Nurse, RN", role: "rn"),
        "md1": SessionLog.Person(name: "P. Prescriber, MD", role: "prescriber"),
      ],
      utcOffset: { _ in offsetSeconds })
    return PlayedLog(log: log, lines: lines)
  }

  /// The log with an event's line changed.
  func changing(_ sequence: Int64, _ change: (String) -> String) -> PlayedLog {
    var changed = self
    let line = change(lines[sequence] ?? "")
    changed.lines[sequence] = line
    changed.log.events = log.events.map { event in
      guard event.sequence == sequence else { return event }
      return LogEvent(sequence: sequence, at: event.at, wall: event.wall, line: line)
    }
    return changed
  }
}
