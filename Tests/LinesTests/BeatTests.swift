import DispatchKit
import Glibc
import Lines
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct BeatTests {
  /// What a ``Ports`` told whoever shares its executor.
  private final class Heard: Sendable {
    private let calls = Mutex<[Bool]>([])
    private let counts = Mutex((opened: 0, bytes: 0))

    func beat(isOver: Bool) { calls.withLock { $0.append(isOver) } }
    func note(_ event: PortEvent) {
      counts.withLock {
        if event == .opened { $0.opened += 1 }
        if case .bytes(let some) = event { $0.bytes += some.count }
      }
    }
    var beats: [Bool] { calls.withLock { $0 } }
    var opened: Int { counts.withLock { $0.opened } }
    var count: Int { counts.withLock { $0.bytes } }

    func wait(until isDone: (Heard) -> Bool) async throws {
      while !isDone(self) { try await Task.sleep(for: .milliseconds(1)) }
    }
  }

  /// So many lines that are open, and what whoever shares their queue is told.
  private func open(
    _ count: Int, _ heard: Heard, wish: Duration?
  ) async throws -> (Ports<Int>, [Pty]) {
    let ports = try Ports<Int>(
      report: { _, event in heard.note(event) },
      onBeat: {
        heard.beat(isOver: $0)
        return wish
      })
    let ptys = try (0..<count).map { _ in try Pty() }
    for (token, pty) in ptys.enumerated() { ports.add(token, at: try serial(pty.path)) }
    try await heard.wait { $0.opened == count }
    return (ports, ptys)
  }

  @Test func `whoever shares the queue is called while a crowd is read, and told of its end`()
    async throws
  {
    let heard = Heard()
    // A wish that comes sooner than the beat is kept.
    let (ports, ptys) = try await open(12, heard, wish: .microseconds(500))
    #expect(heard.beats.isEmpty)
    let clock = SuspendingClock()
    let start = clock.now
    var sent = 0
    while start.duration(to: clock.now) < .milliseconds(200) {
      for pty in ptys { sent += pty.write([1, 2, 3]) }
      try await Task.sleep(for: .milliseconds(1))
    }
    let count = sent
    try await heard.wait { $0.beats.last == true && $0.count == count }
    let beats = heard.beats
    // Every half millisecond or less often; a beat alone would give 67 of them.
    #expect(beats.count { !$0 } > 70)
    #expect(beats.count { $0 } >= 1)
    // From here on a line wakes us again.
    ptys[0].write([9])
    try await heard.wait { $0.count == count + 1 }
    await ports.shutdown()
    for pty in ptys { pty.unplug() }
  }

  @Test func `on the executor itself a message is sent there and then`() async throws {
    let executor = SerialQueueExecutor(label: "test.shared")
    let (stream, continuation) = AsyncStream.makeStream(of: PortEvent.self)
    let ports = try Ports<Int>(on: executor) { continuation.yield($1) }
    let pty = try Pty()
    ports.add(1, at: try serial(pty.path))
    for await event in stream where event == .opened { break }
    let isThere: [UInt8] = await withCheckedContinuation { done in
      executor.async {
        ports.send([1, 2, 3], to: 1)
        // The queue is ours until it has come.
        var far = pollfd(fd: pty.descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&far, 1, 2000)
        done.resume(returning: pty.read())
      }
    }
    #expect(isThere == [1, 2, 3])
    await ports.shutdown()
  }

  @Test func `a line that speaks rarely is heard beside a crowd, as is one that falls silent`()
    async throws
  {
    let heard = Heard()
    let (ports, ptys) = try await open(13, heard, wish: nil)
    var sent = 0
    for round in 0..<300 {
      for pty in ptys.dropLast() { sent += pty.write([UInt8(round & 255)]) }
      if round.isMultiple(of: 100) { sent += ptys[12].write([7, 7]) }
      try await Task.sleep(for: .milliseconds(1))
    }
    let count = sent
    try await heard.wait { $0.count == count }
    #expect(!heard.beats.isEmpty)
    // Once in a crowd, and now rare.
    for pty in ptys { sent += pty.write([1]) }
    let all = sent
    try await heard.wait { $0.count == all }
    for pty in ptys { pty.unplug() }
    await ports.shutdown()
  }
}
