import Glibc
import Lines
import Testing

@Suite(.timeLimit(.minutes(1))) struct LineTests {
  @Test(arguments: LineSettings.bauds) func `a line opens at every speed`(_ baud: Int) throws {
    let pty = try Pty()
    let line = try Line.serial(pty.path, settings("\(baud) 8O1"))
    defer { line.close() }
    var attributes = termios()
    #expect(tcgetattr(line.descriptor, &attributes) == 0)
    #expect(attributes.c_cc.5 == 0 && attributes.c_cc.6 == 1)  // VTIME, VMIN
    #expect(attributes.c_iflag & tcflag_t(IGNPAR) != 0)
    #expect(fcntl(line.descriptor, F_GETFL) & O_NONBLOCK != 0)
    #expect(fcntl(line.descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test func `an empty line is not a hung-up one`() throws {
    let pty = try Pty()
    let line = try Line.serial(pty.path, settings())
    defer { line.close() }
    var byte: UInt8 = 0
    #expect(read(line.descriptor, &byte, 1) == -1 && errno == EAGAIN)
    pty.unplug()
    // A process just being spawned may hold the other end a moment longer.
    var far = pollfd(fd: line.descriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&far, 1, 5000) == 1)
    #expect(read(line.descriptor, &byte, 1) == 0 || errno == EIO)
  }

  @Test func `an open line is locked, a closed one is not`() throws {
    let pty = try Pty()
    let line = try Line.serial(pty.path, settings())
    let other = open(pty.path, O_RDWR | O_NOCTTY)
    if other >= 0 {  // root may pass
      #expect(isExclusive(other))
      line.close()
      #expect(!isExclusive(other))
      close(other)
    } else {
      #expect(errno == EBUSY)
      line.close()
    }
    try Line.serial(pty.path, settings()).close()
  }

  @Test func `a line can be opened again with any settings`() throws {
    let pty = try Pty()
    for text in ["19200 8O1", "19200 8O1", "9600 8N1", "9600 7E2", "19200 8O1"] {
      try Line.serial(pty.path, settings(text)).close()
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root passes the lock"))
  func `a locked line is refused with the likely culprits`() throws {
    let pty = try Pty()
    let line = try Line.serial(pty.path, settings())
    defer { line.close() }
    let error = #expect(throws: LineError.self) { try Line.serial(pty.path, settings()) }
    #expect(error?.code == EBUSY)
  }

  @Test func `what was sent before the line was opened is dropped as noise`() throws {
    let pty = try Pty()
    pty.write([1, 2, 3])
    let line = try Line.serial(pty.path, settings())
    defer { line.close() }
    var byte: UInt8 = 0
    #expect(read(line.descriptor, &byte, 1) == -1 && errno == EAGAIN)
  }

  private func isExclusive(_ descriptor: Int32) -> Bool {
    let tiocgexcl: UInt = 0x8004_5440
    var isExclusive: Int32 = 0
    return ioctl(descriptor, tiocgexcl, &isExclusive) == 0 && isExclusive != 0
  }
}
