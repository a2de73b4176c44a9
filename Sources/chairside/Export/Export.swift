import ArgumentParser
import Daemon
import Feeds
import Foundation
import Recording
import Store
import Vitals
import Ward

/// `chairside export`: what the log holds, in other forms.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what the log holds about a chair.",
    discussion: """
      csv, csv-long, ndjson, edf, wfdb: the numbers, and but for the tables what happened, for other \
      programs (docs/exports.md). --deidentify leaves out names, free text and real dates.
      wire: the flight recording of the session, which replays to its events.
      events: those events as a timeline, on the same time axis.
      bundle: its record as one file that proves itself (docs/records.md); the site's key signs its \
      last line, so only who may read the key can write one. Check it with chairside verify.
      report: the printable report of that session; for Spravato with the fields of the REMS form, \
      which --rems gives alone. HTML; a browser prints it.
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case wire, events, bundle, report
    case csv
    case csvLong = "csv-long"
    case ndjson, edf, wfdb

    /// The form for other programs; `nil` for our own.
    var format: ExportFormat? { ExportFormat(rawValue: rawValue) }
  }

  @Argument(help: "csv, csv-long, ndjson, edf, wfdb, wire, events, bundle or report.")
  var form: Form

  @Option(help: "The log; a running daemon may go on writing it.")
  var db = "/var/lib/chairside/chairside.db"

  @Option(help: "The chair.")
  var chair: String

  @Option(
    help: "The session of this name, such as s-20260314-8812, instead of the chair's latest.")
  var session: String?

  @Flag(help: "report: only the fields of the Spravato REMS form.")
  var rems = false

  @Flag(help: "csv…: without names, free text, numbers of devices and the real date.")
  var deidentify = false

  @Flag(help: "csv…: say how far it is, also when standard error is no terminal.")
  var progress = false

  @Option(name: .shortAndLong, help: "A file, or - for standard output.")
  var output = "-"

  func validate() throws {
    if deidentify, form.format == nil {
      throw ValidationError(
        "--deidentify is for \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let format = form.format, format.isBinary, output == "-" else { return }
    if format == .wfdb || isatty(STDOUT_FILENO) == 1 {
      throw ValidationError("\(format.rawValue) needs the name of a file: -o FILE")
    }
  }

  func run() async throws {
    guard let chair = ChairID(chair) else {
      throw ValidationError("--chair takes letters, digits, - and _, at most 15")
    }
    switch form {
    case .wire: try Console.write(try await record(of: chair).recording.text, to: output)
    case .events:
      let events = try await record(of: chair).events
      try Console.write(events.map { $0 + "\n" }.joined(), to: output)
    case .bundle:
      let bundle = try await found {
        let key = try SiteKeyFile.read(log: db)
        let history = try History(path: db)
        var opening: Int64?
        if let session {
          opening = try await history.visits(of: chair).first {
            SessionReport.name(of: $0) == session
          }?.first
          if opening == nil { return String?.none }
        }
        return try await history.bundle(
          of: chair, beginningWith: opening, key: key, at: WardClock.wall)
      }
      try Console.write(bundle, to: output)
    case .report:
      let log = try await log(of: chair) { try await $0.log(of: $1) }
      try Console.write(rems ? RemsReport(log).html : Report(log).html, to: output)
    case .csv, .csvLong, .ndjson, .edf, .wfdb:
      guard let format = form.format else { return }
      try await write(format, of: chair)
    }
  }

  private func write(_ format: ExportFormat, of chair: ChairID) async throws {
    let target = try ExportTarget(format, path: output)
    var progress = Progress(isAsked: progress)
    progress.say("reading \(db)")
    var log = try await log(of: chair) { try await $0.excerpt(of: $1) }
    if deidentify {
      var random = SystemRandomNumberGenerator()
      log = log.deidentified(using: &random)
    }
    progress.say("\(log.samples.count) samples, \(log.events.count) events")
    try target.write(format.files(of: log, record: target.record), &progress)
    progress.end()
  }

  private func record(of chair: ChairID) async throws -> SessionRecord {
    try await found {
      try await SessionRecord(of: chair, named: session, in: try History(path: db))
    }
  }

  /// The session that was asked for, as `read` gives it.
  private func log(
    of chair: ChairID, read: (SessionReport, History.Visit) async throws -> SessionLog
  ) async throws -> SessionLog {
    try await found {
      let history = try History(path: db)
      let visits = try await history.visits(of: chair)
      let visit =
        session.map { name in visits.first { SessionReport.name(of: $0) == name } }
        ?? visits.last
      return if let visit { try await read(SessionReport(history: history), visit) } else { nil }
    }
  }

  /// What the log gives; says so when it cannot be read or holds no such session.
  private func found<Value>(_ body: () async throws -> Value?) async throws -> Value {
    let value: Value?
    do {
      value = try await body()
    } catch {
      Console.error("\(error)")
      throw ExitCode.badData
    }
    guard let value else {
      Console.error("\(db): no such session of chair \(chair) is in this log")
      throw ExitCode(3)
    }
    return value
  }
}
