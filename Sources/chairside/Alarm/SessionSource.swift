import ArgumentParser
import Recording
import Store
import Vitals
import Ward

/// Where a session comes from: the log, or a recording.
struct SessionSource: ParsableArguments {
  @Option(help: "The log.")
  var db = "/var/lib/chairside/chairside.db"

  @Option(help: "A recording (.wire) in place of the log, or - for standard input.")
  var wire: String?

  @Option(help: "The chair; needed where there are several.")
  var chair: String?

  /// The recording and the chair that is asked about.
  ///
  /// Says what is missing and ends with 3 when there is no session.
  func read(chair named: String? = nil) async throws -> (recording: Recording, chair: ChairID) {
    if let wire {
      let text = try Console.text(wire)
      let recording = try Console.badData(wire) { try Recording(text: text) }
      return (recording, try choose(named, among: recording.plan.chairs.map(\.id), in: wire))
    }
    do {
      let history = try History(path: db)
      let chair = try choose(named, among: try await history.chairsWithSession(), in: db)
      guard let session = try await SessionRecord(of: chair, in: history) else {
        Console.error("\(db): no session of chair \(chair) is in this log")
        throw ExitCode(3)
      }
      return (session.recording, chair)
    } catch let code as ExitCode {
      throw code
    } catch let error as ValidationError {
      throw error
    } catch {
      Console.error("\(error)")
      throw ExitCode.badData
    }
  }

  private func choose(
    _ named: String?, among chairs: [ChairID], in file: String
  ) throws -> ChairID {
    if let name = named ?? chair {
      if name == ChairID.ward.name { return .ward }
      guard let chair = ChairID(name) else {
        throw ValidationError("a chair's name has letters, digits, - and _, at most 15")
      }
      return chair
    }
    guard let only = chairs.first else {
      Console.error("\(file): there is no session in it")
      throw ExitCode(3)
    }
    guard chairs.count == 1 else {
      let names = chairs.map(\.name).joined(separator: ", ")
      throw ValidationError("which chair? give --chair with one of: \(names)")
    }
    return only
  }
}
