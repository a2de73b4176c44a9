import Glibc
import Lines
import Testing

@Suite(.timeLimit(.minutes(1))) struct PortsTests {
  /// XON, XOFF, interrupt, suspend, NUL, all ones, CR, LF, erase: what a cooked tty would eat.
  static let awkward: [UInt8] = [0x11, 0x13, 0x03, 0x1A, 0x00, 0xFF, 0x0D, 0x0A, 0x7F, 0x04, 0x1C]

  @Test func `every byte passes unchanged, both ways`() async throws {
    var watch = try Watch()
    let pty = try Pty()
    watch.ports.add(1, at: try serial(pty.path))
    await watch.waitUntilOpen(1)
    let all = Self.awkward + Array(0...255)
    pty.write(all)
    #expect(await watch.bytes(all.count, from: 1) == all)
    watch.ports.send(Self.awkward, to: 1)
    watch.ports.send(Array(0...255), to: 1)
    #expect(await pty.read(all.count) == all)
    await watch.ports.shutdown()
  }

  @Test func `two ports keep their bytes apart, and one goes without the other`() async throws {
    var watch = try Watch()
    let (one, two) = (try Pty(), try Pty())
    watch.ports.add(1, at: try serial(one.path))
    watch.ports.add(2, at: try serial(two.path, "9600 8N1"))
    await watch.waitUntilOpen(1, 2)
    one.write([1, 1])
    two.write([2, 2])
    #expect(await watch.bytes(2, each: [1, 2]) == [1: [1, 1], 2: [2, 2]])
    watch.ports.remove(1)
    one.write([1])
    two.write([2])
    let seen = await watch.next()
    #expect(seen.token == 2 && seen.event == .bytes([2]))
    await watch.ports.shutdown()
  }

  @Test func `a token that is added again moves to its new path`() async throws {
    var watch = try Watch()
    let (old, new) = (try Pty(), try Pty())
    watch.ports.add(1, at: try serial(old.path))
    await watch.waitUntilOpen(1)
    watch.ports.add(1, at: try serial(new.path))
    await watch.waitUntilOpen(1)
    old.write([1])
    new.write([2])
    #expect(await watch.next().event == .bytes([2]))
    await watch.ports.shutdown()
  }

  @Test func `a crowd of lines loses nothing and keeps each order`() async throws {
    var watch = try Watch()
    let tokens = Array(0..<24)
    let ptys = try tokens.map { _ in try Pty() }
    for token in tokens {
      watch.ports.add(token, at: try serial(ptys[token].path))
    }
    await watch.waitUntilOpen(Set(tokens))
    let writer = Task {
      for packet in UInt8(0)..<100 {
        for pty in ptys { pty.write([packet, packet ^ 0xFF]) }
        if packet % 10 == 0 { try await Task.sleep(for: .milliseconds(4)) }
      }
    }
    let wanted = (UInt8(0)..<100).flatMap { [$0, $0 ^ 0xFF] }
    let got = await watch.bytes(wanted.count, each: tokens)
    for token in tokens { #expect(got[token] == wanted) }
    try await writer.value
    await watch.ports.shutdown()
    // Until here: a pty that is let go of hangs up.
    for pty in ptys { pty.unplug() }
  }
}
