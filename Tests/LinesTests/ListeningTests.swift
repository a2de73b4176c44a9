import Glibc
import Lines
import Testing

@Suite(.timeLimit(.minutes(1))) struct ListeningTests {
  @Test func `a device that connects is a cable plugged in, one that goes a cable pulled`()
    async throws
  {
    var watch = try Watch()
    let address = try SocketAddress.free()
    watch.ports.add(1, at: .tcp(address))
    for _ in 0..<3 {
      let peer = try await Peer(address)
      #expect(await watch.next().event == .opened)
      peer.write(PortsTests.awkward)
      #expect(await watch.bytes(PortsTests.awkward.count, from: 1) == PortsTests.awkward)
      watch.ports.send([1, 2, 3], to: 1)
      #expect(await peer.read() == [1, 2, 3])
      peer.hangUp()
      #expect(await watch.next().event == .closed(reason: "the device closed the connection"))
    }
    await watch.ports.shutdown()
  }

  @Test func `a connection that is silent gives way to a newer one`() async throws {
    var watch = try Watch()
    let address = try SocketAddress.free()
    watch.ports.add(1, at: .tcp(address))
    let old = try await Peer(address)
    #expect(await watch.next().event == .opened)
    let new = try await Peer(address)
    new.write([7])
    let took = await SuspendingClock().measure {
      #expect(await watch.next().event == .closed(reason: "replaced by a newer connection"))
    }
    #expect(took < .seconds(4))
    #expect(await watch.next().event == .opened)
    #expect(await watch.next().event == .bytes([7]))
    #expect(await old.read().isEmpty)
    await watch.ports.shutdown()
  }

  @Test func `a connection that speaks keeps its place`() async throws {
    var watch = try Watch()
    let address = try SocketAddress.free()
    watch.ports.add(1, at: .tcp(address))
    let first = try await Peer(address)
    #expect(await watch.next().event == .opened)
    let second = try await Peer(address)
    second.write([7])
    first.write([1])
    #expect(await watch.next().event == .bytes([1]))
    // Refused: closed without a word.
    #expect(await second.read().isEmpty)
    first.write([2])
    #expect(await watch.next().event == .bytes([2]))
    await watch.ports.shutdown()
  }

  @Test func `a newcomer takes over when the one before it leaves`() async throws {
    var watch = try Watch()
    let address = try SocketAddress.free()
    watch.ports.add(1, at: .tcp(address))
    let first = try await Peer(address)
    #expect(await watch.next().event == .opened)
    let second = try await Peer(address)
    try await Task.sleep(for: .milliseconds(50))
    first.hangUp()
    #expect(await watch.next().event == .closed(reason: "the device closed the connection"))
    #expect(await watch.next().event == .opened)
    second.write([2])
    #expect(await watch.next().event == .bytes([2]))
    await watch.ports.shutdown()
  }

  @Test func `an address that is taken is tried until it is free`() async throws {
    var (watch, other) = (try Watch(), try Watch())
    let address = try SocketAddress.free()
    other.ports.add(1, at: .tcp(address))
    let peer = try await Peer(address)
    #expect(await other.next().event == .opened)
    watch.ports.add(1, at: .tcp(address))
    guard case .failed(let error, _) = await watch.next().event else {
      Issue.record("two listen at \(address)")
      return
    }
    #expect(
      error.description
        == "listen on tcp:\(address): Address already in use (EADDRINUSE); "
        + "stop the other program, or choose another port")
    await other.ports.shutdown()
    _ = peer
    let again = try await Peer(address)
    #expect(await watch.next().event == .opened)
    _ = again
    await watch.ports.shutdown()
  }

  @Test func `an address of another machine is refused with a remedy`() async throws {
    var watch = try Watch()
    watch.ports.add(1, at: try PortAddress("tcp:192.0.2.1:2575", settings: nil))
    guard case .failed(let error, _) = await watch.next().event else {
      Issue.record("listens at another machine's address")
      return
    }
    #expect(error.code == EADDRNOTAVAIL)
    await watch.ports.shutdown()
  }

  @Test func `a port that is moved listens no longer`() async throws {
    var watch = try Watch()
    let (old, new) = (try SocketAddress.free(), try SocketAddress.free())
    watch.ports.add(1, at: .tcp(old))
    let first = try await Peer(old)
    #expect(await watch.next().event == .opened)
    watch.ports.add(1, at: .tcp(new))
    let second = try await Peer(new)
    #expect(await watch.next().event == .opened)
    #expect(await first.read().isEmpty)
    second.write([2])
    #expect(await watch.next().event == .bytes([2]))
    await watch.ports.shutdown()
    #expect(await second.read().isEmpty)
  }

  @Test func `what is sent to nobody is told, and not kept for later`() async throws {
    var watch = try Watch()
    let address = try SocketAddress.free()
    watch.ports.add(1, at: .tcp(address))
    watch.ports.send([1], to: 1)
    #expect(await watch.next().event == .unsent(count: 1, .notOpen))
    let peer = try await Peer(address)
    #expect(await watch.next().event == .opened)
    watch.ports.send([2], to: 1)
    #expect(await peer.read() == [2])
    watch.ports.send([3], to: 1, asFeature: true)
    #expect(await watch.next().event == .unsent(count: 1, .notHID))
    await watch.ports.shutdown()
  }

  @Test func `a device that takes nothing costs what waits, and nothing else`() async throws {
    var watch = try Watch()
    let address = try SocketAddress.free()
    watch.ports.add(1, at: .tcp(address))
    let peer = try await Peer(address)
    #expect(await watch.next().event == .opened)
    for _ in 0..<20_000 { watch.ports.send([UInt8](repeating: 0, count: 1000), to: 1) }
    #expect(await watch.next().event == .unsent(count: 1000, .overflow))
    peer.write([1])
    #expect(await watch.wait(for: 1) { $0 == .bytes([1]) } == .bytes([1]))
    await watch.ports.shutdown()
  }
}
