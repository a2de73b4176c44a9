import Lines
import Testing

@Suite(.timeLimit(.minutes(1))) struct SendTests {
  @Test func `a slow device gets whole messages in order, and what is too much is told`()
    async throws
  {
    var watch = try Watch()
    let pty = try Pty()
    watch.ports.add(1, at: try serial(pty.path))
    await watch.waitUntilOpen(1)
    // Each message is its number, 1000 times; the pty takes some, the buffer four more.
    for number in UInt8(0)..<200 {
      watch.ports.send([UInt8](repeating: number, count: 1000), to: 1)
    }
    #expect(await watch.next().event == .unsent(count: 1000, .overflow))
    let got = await pty.readUntilQuiet()
    #expect(got.count >= 4000)
    for (number, start) in stride(from: 0, to: got.count - 999, by: 1000).enumerated() {
      #expect(got[start..<start + 1000].allSatisfy { $0 == UInt8(number) })
    }
    #expect(got.count % 1000 == 0)
    // With room again, sending goes on.
    watch.ports.send([0xEE], to: 1)
    #expect(await pty.read(1) == [0xEE])
    await watch.ports.shutdown()
  }

  @Test func `a message larger than the buffer is refused whole`() async throws {
    var watch = try Watch()
    let pty = try Pty()
    watch.ports.add(1, at: try serial(pty.path))
    await watch.waitUntilOpen(1)
    watch.ports.send([UInt8](repeating: 0, count: 4097), to: 1)
    #expect(await watch.next().event == .unsent(count: 4097, .overflow))
    await watch.ports.shutdown()
  }

  @Test func `what is sent to a closed port is told, and not kept for later`() async throws {
    var watch = try Watch()
    let link = freshPath()
    watch.ports.add(1, at: try serial(link))
    _ = await watch.next()
    watch.ports.send([0x3A, 0x20, 0xA6], to: 1)
    #expect(await watch.next().event == .unsent(count: 3, .notOpen))
    let pty = try Pty()
    try pty.link(at: link)
    await watch.waitUntilOpen(1)
    watch.ports.send([0x01], to: 1)
    #expect(await pty.read(1) == [0x01])
    await watch.ports.shutdown()
  }

  @Test func `what waits when the cable is pulled is told as unsent`() async throws {
    var watch = try Watch()
    let pty = try Pty()
    watch.ports.add(1, at: try serial(pty.path))
    await watch.waitUntilOpen(1)
    for _ in 0..<200 { watch.ports.send([UInt8](repeating: 0, count: 1000), to: 1) }
    _ = await watch.wait(for: 1) { $0 == .unsent(count: 1000, .overflow) }
    pty.unplug()
    let event = await watch.wait(for: 1) {
      if case .unsent(_, .closed) = $0 { true } else { false }
    }
    guard case .unsent(let count, .closed) = event else { return }
    #expect((1...4096).contains(count))
    #expect(await watch.next().event == .closed(reason: "hung up"))
    await watch.ports.shutdown()
  }

  @Test func `shutdown sends the last command, for instance an abort`() async throws {
    var watch = try Watch()
    let pty = try Pty()
    watch.ports.add(1, at: try serial(pty.path))
    await watch.waitUntilOpen(1)
    watch.ports.send([0x58], to: 1)
    await watch.ports.shutdown()
    #expect(pty.read() == [0x58])
  }

  @Test func `shutdown does not wait for a device that takes nothing`() async throws {
    var watch = try Watch()
    let pty = try Pty()
    watch.ports.add(1, at: try serial(pty.path))
    await watch.waitUntilOpen(1)
    for _ in 0..<200 { watch.ports.send([UInt8](repeating: 0, count: 1000), to: 1) }
    let took = await SuspendingClock().measure { await watch.ports.shutdown() }
    #expect(took < .seconds(1))
  }
}
