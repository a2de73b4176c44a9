import ArgumentParser
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
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable { case wire, events }

  @Argument(help: "wire or events.")
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
    let session: SessionRecord?
    do {
      session = try await SessionRecord(of: chair, in: try History(path: db))
    } catch {
      Console.error("\(error)")
      throw ExitCode.badData
    }
    guard let session else {
      Console.error("\(db): no session of chair \(chair) is in this log")
      throw ExitCode(3)
    }
    switch form {
    case .wire: try Console.write(session.recording.text, to: output)
    case .events:
      try Console.write(session.events.map { $0 + "\n" }.joined(), to: output)
    }
  }
}
