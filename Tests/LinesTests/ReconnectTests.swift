import Glibc
import Lines
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReconnectTests {
  @Test func `a replugged device is found again`() async throws {
    var watch = try Watch()
    let link = freshPath()
    let first = try Pty()
    try first.link(at: link)
    watch.ports.add(7, at: try serial(link))
    #expect(await watch.next().event == .opened)
    first.unplug()
    #expect(await watch.next().event == .closed(reason: "hung up"))

    let second = try Pty()
    try second.link(at: link)
    await watch.waitUntilOpen(7)
    second.write([0x88])
    #expect(await watch.next().event == .bytes([0x88]))
    await watch.ports.shutdown()
  }

  @Test func `a failure is told once, however often it is tried`() async throws {
    var watch = try Watch()
    let link = freshPath()
    watch.ports.add(1, at: try serial(link))
    guard case .failed(let error, let seconds) = await watch.next().event else {
      Issue.record("opened nothing")
      return
    }
    #expect(error.code == ENOENT)
    #expect(seconds == 0.25)
    // Tries fall at 0.25 and 0.75 s.
    try await Task.sleep(for: .milliseconds(900))
    let pty = try Pty()
    try pty.link(at: link)
    #expect(await watch.next().event == .opened)
    await watch.ports.shutdown()
    pty.unplug()
  }

  @Test func `another failure is told again`() async throws {
    var watch = try Watch()
    let link = freshPath()
    watch.ports.add(1, at: try serial(link))
    let first = await watch.next().event
    #expect(symlink("/dev/null", link) == 0)
    defer { unlink(link) }
    let second = await watch.next().event
    guard case .failed(let missing, _) = first, case .failed(let wrong, _) = second else {
      Issue.record("opened \(link)")
      return
    }
    #expect([missing.code, wrong.code] == [ENOENT, ENOTTY])
    await watch.ports.shutdown()
  }

  @Test func `a device that appears is tried at once`() async throws {
    var watch = try Watch()
    let link = freshPath()
    watch.ports.add(1, at: try serial(link))
    _ = await watch.next()
    // The next try but for the hint falls at 1.75 s.
    try await Task.sleep(for: .milliseconds(900))
    let pty = try Pty()
    try pty.link(at: link)
    let took = await SuspendingClock().measure {
      watch.ports.deviceAppeared(pty.path)
      await watch.waitUntilOpen(1)
    }
    #expect(took < .milliseconds(500))
    await watch.ports.shutdown()
    pty.unplug()
  }

  @Test func `after removal and after shutdown nothing is told`() async throws {
    var watch = try Watch()
    let (one, two) = (try Pty(), try Pty())
    watch.ports.add(1, at: try serial(one.path))
    await watch.waitUntilOpen(1)
    watch.ports.remove(1)
    one.unplug()
    watch.ports.add(2, at: try serial(two.path))
    #expect(await watch.next().token == 2)
    await watch.ports.shutdown()
    two.unplug()
    watch.ports.add(3, at: .hid(path: "/dev/null"))
    watch.ports.send([1], to: 2)
    await watch.ports.shutdown()
    #expect(await watch.rest().isEmpty)
  }
}
