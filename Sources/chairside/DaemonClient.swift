import ArgumentParser
import Foundation
import FoundationNetworking
import Synchronization

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

  /// The lines of an answer that does not end, as they come.
  func lines(_ path: String) -> AsyncThrowingStream<String, any Error> {
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: String.self)
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
      continuation.finish()
      return stream
    }
    var request = URLRequest(url: url)
    request.timeoutInterval = 86_400
    let session = URLSession(
      configuration: .default, delegate: LineReader(continuation), delegateQueue: nil)
    let task = session.dataTask(with: request)
    continuation.onTermination = { _ in session.invalidateAndCancel() }
    task.resume()
    return stream
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

/// Cuts what comes into lines.
private final class LineReader: NSObject, URLSessionDataDelegate {
  private let continuation: AsyncThrowingStream<String, any Error>.Continuation
  private let rest = Mutex(Data())

  init(_ continuation: AsyncThrowingStream<String, any Error>.Continuation) {
    self.continuation = continuation
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    rest.withLock { rest in
      rest += data
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
        rest = Data(rest[(end + 1)...])
      }
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    continuation.finish(throwing: error)
  }
}
