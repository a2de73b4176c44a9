import ArgumentParser
import Daemon
import Feeds
import Recording
import Store
import Vitals
import Ward

/// `chairside export`: what the log holds, in other forms.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what the log holds about a chair.",
    discussion: """
      wire: the flight recording of the chair's latest session, which replays to its events.
      events: those events as a timeline, on the same time axis.
      bundle: its record as one file that proves itself (docs/records.md); the site's key signs its \
      last line, so only who may read the key can write one. Check it with chairside verify.
      report: the printable report of that session, or of the one named with --session; for \
      Spravato with the fields of the REMS form, which --rems gives alone. HTML; a browser prints it.
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable { case wire, events, bundle, report }

  @Argument(help: "wire, events, bundle or report.")
  var form: Form

  @Option(help: "The log.")
  var db = "/var/lib/chairside/chairside.db"

  @Option(help: "The chair.")
  var chair: String

  @Option(help: "report: the session of this name, such as s-8812, instead of the latest.")
  var session: String?

  @Flag(help: "report: only the fields of the Spravato REMS form.")
  var rems = false

  @Option(name: .shortAndLong, help: "A file, or - for standard output.")
  var output = "-"

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
        return try await History(path: db).bundle(of: chair, key: key, at: WardClock.wall)
      }
      try Console.write(bundle, to: output)
    case .report: try Console.write(try await report(of: chair), to: output)
    }
  }

  private func record(of chair: ChairID) async throws -> SessionRecord {
    try await found { try await SessionRecord(of: chair, in: try History(path: db)) }
  }

  private func report(of chair: ChairID) async throws -> String {
    let log = try await found {
      let history = try History(path: db)
      let reader = SessionReport(history: history)
      let visits = try await history.visits(of: chair)
      let visit =
        session.map { name in visits.first { SessionReport.name(of: $0) == name } }
        ?? visits.last
      return if let visit { try await reader.log(of: visit) } else { nil }
    }
    return rems ? RemsReport(log).html : Report(log).html
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
