import Glibc
import Lines
import Testing

@Suite(.timeLimit(.minutes(1))) struct PtyTests {
  @Test func `unplugging hangs the other end up, and twice is once`() throws {
    let pty = try Pty()
    let end = open(pty.path, O_RDWR | O_NOCTTY)
    defer { close(end) }
    pty.unplug()
    pty.unplug()
    var byte: UInt8 = 0
    var far = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
    #expect(poll(&far, 1, 5000) == 1)
    #expect(read(end, &byte, 1) == 0 || errno == EIO)
    #expect(pty.write([1]) == 0)
    #expect(pty.read() == [])
  }

  @Test func `a link is replaced by the next pty's`() throws {
    let link = freshPath()
    let first = try Pty()
    try first.link(at: link)
    let second = try Pty()
    try second.link(at: link)
    #expect(target(of: link) == second.path)
    first.unplug()
    #expect(target(of: link) == second.path)
    second.unplug()
    #expect(target(of: link) == nil)
  }

  @Test func `a link that cannot be made says why`() throws {
    let pty = try Pty()
    let error = #expect(throws: LineError.self) { try pty.link(at: "/no/such/folder/ox") }
    #expect(error?.code == ENOENT)
  }

  @Test func `a full pty takes no more, and does not block`() throws {
    let pty = try Pty()
    let chunk = [UInt8](repeating: 0x55, count: 4096)
    var sent = 0
    while case let count = pty.write(chunk), count > 0 { sent += count }
    #expect(sent > 0)
  }

  private func target(of link: String) -> String? {
    guard let target = realpath(link, nil) else { return nil }
    defer { free(target) }
    return String(cString: target)
  }
}
