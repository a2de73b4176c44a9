import Glibc

/// An open serial line or hidraw node, as a plain value: who holds it closes it, once.
///
/// Opening, configuring and closing a tty are USB control transfers that can block for seconds on
/// a dying adapter: never call them on the queue that reads.
public struct Line: Sendable {
  /// Non-blocking, closed on exec, exclusive.
  public let descriptor: Int32
  private let isTerminal: Bool

  /// Opens and configures `path`, which may be a symbolic link.
  ///
  /// With `settings` the node must be a tty, which is locked against other programs and made raw;
  /// without it is read as it is (hidraw: one report a read).
  public static func open(_ path: String, _ settings: LineSettings?) throws(LineError) -> Line {
    let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw LineError(.open, path) }
    guard let settings else { return Line(descriptor: descriptor, isTerminal: false) }
    let line = Line(descriptor: descriptor, isTerminal: true)
    do throws(LineError) {
      try line.lock(path)
      try line.configure(path, settings)
    } catch {
      line.close()
      throw error
    }
    return line
  }

  /// Lets go of the node; may block while the adapter sends what is left.
  public func close() {
    // The mark outlives this descriptor while anyone else holds the tty (a simulator its slave).
    if isTerminal { _ = ioctl(descriptor, UInt(TIOCNXCL)) }
    _ = Glibc.close(descriptor)
  }

  /// Keeps other programs out (except root's): two readers would each get half of the bytes.
  private func lock(_ path: String) throws(LineError) {
    guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw LineError(.lock, path) }
  }
}
