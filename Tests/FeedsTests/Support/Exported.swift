import Feeds
import Testing
import Vitals

/// The exports of a log as their readers see them.
extension SessionLog {
  func bytes(_ format: ExportFormat) -> [UInt8] { format.files(of: self)[0].bytes }

  func text(_ format: ExportFormat) -> String {
    String(decoding: bytes(format), as: UTF8.self)
  }

  /// The rows of the wide or the long table, by the names of the columns.
  func rows(_ format: ExportFormat) -> [[String: String]] {
    let lines = text(format).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  var lines: [JSONValue] {
    text(.ndjson).split(separator: "\n").compactMap { JSONValue(String($0)) }
  }

  func edf() throws -> EDFReader { try #require(EDFReader(bytes(.edf))) }

  var wfdb: WFDBReader { WFDBReader(ExportFormat.wfdb.files(of: self, record: "x")) }

  /// The seconds whose numbers are in the wide table.
  var believed: [Int] {
    rows(.csv).filter { $0["spo2"] != "" }.compactMap { Int($0["t"] ?? "") }
  }
}

extension Handwritten {
  /// A session of so many seconds, nothing in it but its samples.
  static func quiet(
    _ seconds: Int, _ samples: [LogSample], _ more: (at: Int, body: String)...
  ) -> SessionLog {
    let course: [(at: Int, body: String)] = [
      (0, #""session","state":"baseline","by":"rn1","reason":"iv40""#),
      (seconds, #""session","state":"aborted","by":"rn1","reason":"went home""#),
    ]
    let lines = (course + more).enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    return Handwritten(lines, samples: samples).log
  }

  /// A believed sample at an instant.
  static func sample(
    _ milliseconds: Int64, _ spo2: Int = 97, perfusion: Int? = nil, _ status: SignalStatus = []
  ) -> LogSample {
    LogSample(
      at: .milliseconds(milliseconds), spo2: spo2, pulseRate: 70, perfusion: perfusion,
      status: status)
  }
}
