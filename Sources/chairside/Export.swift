import ArgumentParser
import Daemon
import Feeds
import Monitoring
import Recording
import Settings
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
      report: the printable report of that session, or of the one named with --session; for \
      Spravato with the fields of the REMS form, which --rems gives alone. HTML; a browser prints it.
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable { case wire, events, report }

  @Argument(help: "wire, events or report.")
  var form: Form

  @Option(help: "The log.")
  var db = "/var/lib/chairside/chairside.db"

  @Option(help: "The chair.")
  var chair: String

  @Option(help: "report: the session of this name, such as s-8812, instead of the latest.")
  var session: String?

  @Option(help: "report: the configuration, for the clinic's name and the names of its staff.")
  var config: String?

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
    case .report: try Console.write(try await report(of: chair), to: output)
    }
  }

  private func record(of chair: ChairID) async throws -> SessionRecord {
    try await found { try await SessionRecord(of: chair, in: try History(path: db)) }
  }

  private func report(of chair: ChairID) async throws -> String {
    let settings = try config.map { try SettingsFile.read($0) }
    let people = (settings?.staff ?? []).map {
      ($0.id.name, SessionLog.Person(name: $0.name, role: $0.role.rawValue))
    }
    let log = try await found {
      let history = try History(path: db)
      let reader = SessionReport(
        history: history, site: settings?.site ?? "Chairside",
        staff: Dictionary(people, uniquingKeysWith: { $1 }))
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
