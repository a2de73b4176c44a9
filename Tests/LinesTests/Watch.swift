import Lines

/// What a test saw of a ``Ports``, in order.
struct Watch {
  typealias Seen = (token: Int, event: PortEvent)

  let ports: Ports<Int>
  private var events: AsyncStream<Seen>.Iterator
  private let end: @Sendable () -> Void

  init() throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Seen.self)
    ports = try Ports { continuation.yield((token: $0, event: $1)) }
    events = stream.makeAsyncIterator()
    end = { continuation.finish() }
  }

  /// The next event of any port.
  mutating func next() async -> Seen {
    guard let seen = await events.next(isolation: #isolation) else {
      preconditionFailure("watched on after rest()")
    }
    return seen
  }

  /// What was told but not yet looked at; nothing can be watched after this.
  mutating func rest() async -> [PortEvent] {
    end()
    var rest: [PortEvent] = []
    while let seen = await events.next(isolation: #isolation) { rest.append(seen.event) }
    return rest
  }

  /// Waits for an event of a port, and drops what came before.
  mutating func wait(for token: Int, _ isWanted: (PortEvent) -> Bool) async -> PortEvent {
    while true {
      let seen = await next()
      if seen.token == token, isWanted(seen.event) { return seen.event }
    }
  }

  mutating func waitUntilOpen(_ tokens: Int...) async {
    await waitUntilOpen(Set(tokens))
  }

  mutating func waitUntilOpen(_ tokens: Set<Int>) async {
    var missing = tokens
    while !missing.isEmpty {
      let seen = await next()
      if seen.event == .opened { missing.remove(seen.token) }
    }
  }

  /// Collects `count` bytes of one port.
  mutating func bytes(_ count: Int, from token: Int) async -> [UInt8] {
    await bytes(count, each: [token])[token] ?? []
  }

  /// Collects `count` bytes of each port.
  mutating func bytes(_ count: Int, each tokens: [Int]) async -> [Int: [UInt8]] {
    var got: [Int: [UInt8]] = [:]
    while tokens.contains(where: { got[$0, default: []].count < count }) {
      let seen = await next()
      if case .bytes(let bytes) = seen.event { got[seen.token, default: []] += bytes }
    }
    return got
  }
}

extension Pty {
  /// Waits until the daemon's end has sent `count` bytes.
  func read(_ count: Int) async -> [UInt8] {
    var got: [UInt8] = []
    while got.count < count {
      let more = read()
      if more.isEmpty { try? await Task.sleep(for: .milliseconds(1)) }
      got += more
    }
    return got
  }

  /// Reads until nothing came for 100 ms.
  func readUntilQuiet() async -> [UInt8] {
    var got: [UInt8] = []
    var quiet = 0
    while quiet < 20 {
      let more = read()
      quiet = more.isEmpty ? quiet + 1 : 0
      got += more
      if more.isEmpty { try? await Task.sleep(for: .milliseconds(5)) }
    }
    return got
  }
}

/// A name in the temporary folder that nobody else has.
func freshPath() -> String { "/tmp/chairside-test-\(UInt64.random(in: 0...(.max)))" }

func settings(_ text: String = "19200 8O1") throws -> LineSettings { try LineSettings(text) }

func serial(_ path: String, _ text: String = "19200 8O1") throws -> PortAddress {
  .serial(path: path, try LineSettings(text))
}
