import Lines
import Testing

/// What a test saw of one port.
struct PortWatch {
  let ports: Ports<Int>
  private var events: AsyncStream<PortEvent>.Iterator

  init() throws {
    let (stream, continuation) = AsyncStream.makeStream(of: PortEvent.self)
    ports = try Ports { _, event in continuation.yield(event) }
    events = stream.makeAsyncIterator()
  }

  mutating func next() async throws -> PortEvent {
    guard let event = await events.next(isolation: #isolation) else {
      throw Testbed.Problem(text: "nothing more to see")
    }
    return event
  }

  mutating func bytes(_ count: Int) async throws -> [UInt8] {
    var got: [UInt8] = []
    while got.count < count {
      if case .bytes(let bytes) = try await next() { got += bytes }
    }
    return got
  }
}

/// Waits for what another thread does, for 5 s at most.
func until(_ isTrue: () -> Bool) async throws {
  for _ in 0..<1000 {
    if isTrue() { return }
    try await Task.sleep(for: .milliseconds(5))
  }
  Issue.record("not within 5 s")
}
