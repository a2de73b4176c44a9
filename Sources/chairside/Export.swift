import ArgumentParser
import Daemon
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
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable { case wire, events, bundle }

  @Argument(help: "wire, events or bundle.")
  var form: Form

  @Option(help: "The log.")
  var db = "/var/lib/chairside/chairside.db"

  @Option(help: "The chair.")
  var chair: String

  @Option(name: .shortAndLong, help: "A file, or - for standard output.")
  var output = "-"

  func run() async throws {
    guard let chair = ChairID(chair) else {
      throw ValidationError("--chair takes letters, digits, - and _, at most 15")
    }
    guard let text = try await text(of: chair) else {
      Console.error("\(db): no session of chair \(chair) is in this log")
      throw ExitCode(3)
    }
    try Console.write(text, to: output)
  }

  private func text(of chair: ChairID) async throws -> String? {
    do {
      let history = try History(path: db)
      switch form {
      case .wire: return try await SessionRecord(of: chair, in: history)?.recording.text
      case .events:
        return try await SessionRecord(of: chair, in: history)?.events.map { $0 + "\n" }.joined()
      case .bundle:
        let key = try SiteKeyFile.read(log: db)
        return try await history.bundle(of: chair, key: key, at: WardClock.wall)
      }
    } catch {
      Console.error("\(error)")
      throw ExitCode.badData
    }
  }
}
