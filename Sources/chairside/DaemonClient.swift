import ArgumentParser
import Foundation
import FoundationNetworking

/// Asks a running daemon on this machine.
struct DaemonClient: ParsableArguments {
  @Option(name: .customLong("port"), help: "The daemon's TCP port on 127.0.0.1.")
  var port = 8080

  /// Gets a path of the API and reads its JSON.
  ///
  /// Says what to do when nobody answers, and ends with 69.
  func get<Answer: Decodable>(_ path: String, as type: Answer.Type) async throws -> Answer {
    let (data, _) = try await fetch(path)
    return try Console.badData { try JSONDecoder().decode(type, from: data) }
  }

  private func fetch(_ path: String) async throws -> (Data, URLResponse) {
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
      throw ExitCode.unavailable
    }
    do {
      let (data, response) = try await URLSession.shared.data(from: url)
      guard (response as? HTTPURLResponse)?.statusCode == 200 else {
        Console.error("the daemon at port \(port) does not serve \(path); is it another version?")
        throw ExitCode.unavailable
      }
      return (data, response)
    } catch let error as URLError {
      Console.error(
        "no daemon answers at 127.0.0.1:\(port) (\(error.localizedDescription)); "
          + "start it, or give its --port")
      throw ExitCode.unavailable
    }
  }
}
