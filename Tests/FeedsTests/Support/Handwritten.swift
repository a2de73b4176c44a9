import Feeds
import Monitoring
import Vitals

/// A log written line by line, for what no scene does.
struct Handwritten {
  var log: SessionLog

  /// `lines` are the fields of events after `event`, at seconds of a session that begins at 0; wall
  /// time begins on 2026-11-01 at 05:00:00Z and follows every `wallClockStepped`.
  init(
    _ lines: [(at: Int, body: String)], samples: [LogSample] = [], commands: [LogCommand] = [],
    utcOffset: @escaping @Sendable (WallTime) -> Int = { _ in 0 }
  ) {
    var stepped: Int64 = 0
    let events = lines.enumerated().map { index, line in
      let step = LogEvent(
        sequence: 0, at: .zero, wall: Self.start, line: "{\"event\":\(line.body)}")
      stepped += Int64(step.what == "wallClockStepped" ? step.int("milliseconds") ?? 0 : 0)
      return LogEvent(
        sequence: Int64(index + 1), at: .seconds(line.at),
        wall: Self.start + .seconds(line.at) + .milliseconds(stepped),
        line: "{\"t\":\(line.at).0,\"chair\":\"7\",\"event\":\(line.body)}")
    }
    log = SessionLog(
      id: "s-20261101-1", site: "Test clinic", chair: "7", events: events, devicesBefore: [],
      samples: samples,
      runs: [
        LogRun(
          instant: .zero, boot: "b", software: "1", policyID: "p", policy: .adultKetamineDefault1)
      ],
      commands: commands,
      staff: ["rn1": SessionLog.Person(name: "R. Nurse, RN", role: "rn")], utcOffset: utcOffset)
  }

  static let start = WallTime("2026-11-01T05:00:00.000Z")!

  /// A session of one dose, from check-in to the end of observation.
  static let course: [(at: Int, body: String)] = [
    (0, #""session","state":"baseline","by":"rn1""#),
    (300, #""session","state":"infusing","by":"rn1""#),
    (2700, #""session","state":"observation","by":"rn1","reason":"completed""#),
    (4500, #""session","state":"readyForSignOff","by":"system""#),
    (4560, #""session","state":"signedOff","by":"rn1""#),
  ]

  /// Seconds with these values, one a second.
  static func seconds(
    _ range: Range<Int>, spo2: Int? = 98, status: SignalStatus = []
  ) -> [LogSample] {
    range.map { LogSample(at: .seconds($0), spo2: spo2, pulseRate: 70, status: status) }
  }

  /// The session's course with more lines, in the order of their times.
  static func with(_ more: (at: Int, body: String)...) -> [(at: Int, body: String)] {
    (course + more).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
  }
}

extension PageReader {
  /// The cells of every row below a heading, up to the next heading of its level.
  func rows(below title: String) -> [[String]] { (tables[title] ?? []).filter { !$0.isEmpty } }

  /// The words that stand at a place of the log.
  func words(at source: String) -> [String] {
    traced.filter { $0.attributes["data-source"] == source }.map(\.text)
  }
}
