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

  /// Posts a body and returns the answer; says why it was refused, and ends with 77 when who asked
  /// was not believed, else with 65.
  func post(_ path: String, _ body: some Encodable) async throws -> Data {
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
      throw ExitCode.unavailable
    }
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.setValue("1", forHTTPHeaderField: "X-Chairside")
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = try JSONEncoder().encode(body)
    let (data, response) = try await answer { try await URLSession.shared.data(for: request) }
    let status = (response as? HTTPURLResponse)?.statusCode
    guard status != 200 else { return data }
    let problem = try? JSONDecoder().decode(ProblemAnswer.self, from: data)
    Console.error(
      [problem?.why?.joined(separator: ", "), problem?.detail]
        .compactMap { $0 }.joined(separator: ": "))
    throw status == 403 ? ExitCode.noPermission : ExitCode.badData
  }

  private struct ProblemAnswer: Decodable {
    let detail: String
    let why: [String]?
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
    let (data, response) = try await answer { try await URLSession.shared.data(from: url) }
    guard (response as? HTTPURLResponse)?.statusCode == 200 else {
      Console.error("the daemon at port \(port) does not serve \(path); is it another version?")
      throw ExitCode.unavailable
    }
    return (data, response)
  }

  /// Says what to do when nobody answers.
  private func answer(
    _ body: () async throws -> (Data, URLResponse)
  ) async throws -> (Data, URLResponse) {
    do {
      return try await body()
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
