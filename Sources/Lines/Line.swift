import Glibc

/// An open way to a device, as a plain value: who holds it closes it, once.
///
/// Opening, configuring and closing a tty are USB control transfers that can block for seconds on
/// a dying adapter: never call them on the queue that reads.
public struct Line: Sendable {
  enum Kind: Sendable {
    case tty
    /// One report a read and a write.
    case hid
    /// Events of a button, and nothing to write.
    case input
    /// A connection that a device made.
    case tcp
    /// Our end of a pair of sockets; a ``PHDCPump`` has the other.
    case phdc(PHDCPump.Handle)
  }

  /// Non-blocking, closed on exec; a tty's is exclusive.
  public let descriptor: Int32
  let kind: Kind

  private init(descriptor: Int32, _ kind: Kind) {
    self.descriptor = descriptor
    self.kind = kind
  }

  /// Opens the tty at `path`, which may be a symbolic link, locks it against other programs and
  /// makes it raw.
  public static func serial(
    _ path: String, _ settings: LineSettings
  ) throws(LineError) -> Line {
    let line = Line(descriptor: try open(path), .tty)
    do throws(LineError) {
      try line.lock(path)
      try line.configure(path, settings)
    } catch {
      line.close()
      throw error
    }
    return line
  }

  /// Opens the hidraw node at `path` and leaves it as it is: nothing of a tty applies.
  public static func hid(_ path: String) throws(LineError) -> Line {
    Line(descriptor: try open(path), .hid)
  }

  /// Opens the input node at `path` and keeps its keys from every other program, consoles included.
  public static func input(_ path: String) throws(LineError) -> Line {
    let line = Line(descriptor: try open(path, O_RDONLY), .input)
    // A pipe in its place types into no console.
    guard ioctl(line.descriptor, grab, 1) == 0 || errno == ENOTTY else {
      let error = LineError(.claim, path)
      line.close()
      throw error
    }
    return line
  }

  /// The kernel's `EVIOCGRAB`, a macro that Swift does not see: write, size of an int, letter, number.
  private static let grab =
    1 << 30 | UInt(MemoryLayout<CInt>.size) << 16 | UInt(UInt8(ascii: "E")) << 8 | 0x90

  /// Claims the healthcare interface of the device at `port`.
  static func phdc(_ port: USBPort) throws(LineError) -> Line {
    let (descriptor, pump) = try PHDCPump.start(port)
    return Line(descriptor: descriptor, .phdc(pump))
  }

  /// A connection that was accepted.
  init(peer: Int32) { self.init(descriptor: peer, .tcp) }

  /// Lets go of the device; may block while the adapter sends what is left.
  public func close() {
    // The mark outlives this descriptor while anyone else holds the tty (a simulator its slave).
    if case .tty = kind { _ = ioctl(descriptor, UInt(TIOCNXCL)) }
    _ = Glibc.close(descriptor)
    if case .phdc(let pump) = kind { pump.join() }
  }

  /// What the log says when the line is at its end.
  var endReason: String {
    switch kind {
    case .tty, .hid, .input: "hung up"
    case .tcp: "the device closed the connection"
    case .phdc(let pump): pump.endReason
    }
  }

  private static func open(_ path: String, _ access: Int32 = O_RDWR) throws(LineError) -> Int32 {
    let descriptor = Glibc.open(path, access | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw LineError(.open, path) }
    return descriptor
  }

  /// Keeps other programs out (except root's): two readers would each get half of the bytes.
  private func lock(_ path: String) throws(LineError) {
    guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw LineError(.lock, path) }
  }
}
