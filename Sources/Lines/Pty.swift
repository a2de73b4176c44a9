import CLinux
import Glibc
import Synchronization

/// A serial cable of two ends for simulators and tests: we hold the device's end, the daemon
/// opens ``path``.
public final class Pty: Sendable {
  private struct Ends {
    var master: Int32?
    var slave: Int32?
    var link: String?
  }

  /// The daemon's end, such as `/dev/pts/7`.
  ///
  /// The system gives the same name to a later pty: let others find it by ``link(at:)``.
  public let path: String
  /// The device's end, non-blocking, for a source that hands it back when it is done.
  ///
  /// As in `onReadable(pty.descriptor, closer: { _ in pty.unplug() }) { … pty.read() … }`: such a
  /// pty is unplugged by dropping the source.
  public let descriptor: Int32
  private let ends: Mutex<Ends>

  /// Makes a raw pty.
  ///
  /// Unless the slave is kept open, the device's end reads as hung up while nobody has opened the
  /// other; with it kept, bytes written early wait for the daemon.
  public init(keepsSlaveOpen: Bool = true) throws(LineError) {
    var name = [CChar](repeating: 0, count: 64)
    descriptor = clinux_open_pty_master(&name, name.count)
    guard descriptor >= 0 else { throw LineError(.createPty, "a simulated device") }
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else {
      let error = LineError(.open, path)
      _ = close(descriptor)
      throw error
    }
    // Before anyone writes: a fresh tty echoes, and turns CR into LF.
    var attributes = termios()
    _ = tcgetattr(slave, &attributes)
    cfmakeraw(&attributes)
    _ = tcsetattr(slave, TCSANOW, &attributes)
    if !keepsSlaveOpen { _ = close(slave) }
    ends = Mutex(Ends(master: descriptor, slave: keepsSlaveOpen ? slave : nil))
  }

  deinit { unplug() }

  /// Sends as the device does; returns how many bytes went.
  ///
  /// None when the other end's buffer is full or the pty unplugged. Never waits.
  @discardableResult
  public func write(_ bytes: [UInt8]) -> Int {
    ends.withLock { ends in
      guard let master = ends.master else { return 0 }
      return max(0, Glibc.write(master, bytes, bytes.count))
    }
  }

  /// What the daemon sent since the last call, at most 4096 bytes.
  ///
  /// Never waits.
  public func read() -> [UInt8] {
    ends.withLock { ends in
      guard let master = ends.master else { return [] }
      var room = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(master, &room, room.count)
      return Array(room.prefix(max(0, count)))
    }
  }

  /// Publishes ``path`` as a symbolic link, atomically in place of what is there.
  ///
  /// So a replugged device has the name it had. Unplugging takes the link away.
  public func link(at link: String) throws(LineError) {
    let fresh = "\(link).\(getpid())"
    _ = unlink(fresh)
    guard symlink(path, fresh) == 0, rename(fresh, link) == 0 else {
      throw LineError(.link, link)
    }
    ends.withLock { $0.link = link }
  }

  /// Pulls the cable: the daemon's end hangs up.
  ///
  /// Unplugging twice is unplugging once.
  public func unplug() {
    ends.withLock { ends in
      // The link goes first: the slave's name may be another device's a moment later.
      if let link = ends.link, target(of: link) == path { _ = unlink(link) }
      for end in [ends.master, ends.slave] {
        if let end { _ = close(end) }
      }
      ends = Ends()
    }
  }

  private func target(of link: String) -> String? {
    var name = [UInt8](repeating: 0, count: 64)
    let count = name.withUnsafeMutableBytes {
      $0.withMemoryRebound(to: CChar.self) { room in
        room.baseAddress.map { readlink(link, $0, room.count) } ?? -1
      }
    }
    return count > 0 ? String(decoding: name.prefix(count), as: UTF8.self) : nil
  }
}
