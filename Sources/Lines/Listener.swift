import CLinux
import Glibc

/// A TCP port of ours, waiting for a device to connect; a plain value, closed once by its holder.
struct Listener: Sendable {
  /// Non-blocking, closed on exec.
  let descriptor: Int32

  /// How many connections may wait to be looked at.
  private static let backlog: Int32 = 4

  static func open(_ address: SocketAddress) throws(LineError) -> Listener {
    let name = "tcp:\(address)"
    let descriptor = socket(
      address.family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue),
      0)
    guard descriptor >= 0 else { throw LineError(.listen, name) }
    let listener = Listener(descriptor: descriptor)
    // The last connection's leavings must not keep us from our own port for a minute.
    Self.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
    let bound = address.withSystemAddress { bind(descriptor, $0, $1) }
    guard bound == 0, listen(descriptor, backlog) == 0 else {
      let error = LineError(.listen, name)
      listener.close()
      throw error
    }
    return listener
  }

  func close() { _ = Glibc.close(descriptor) }

  /// The next connection; nil when none waits.
  func accept(_ name: String) throws(LineError) -> Line? {
    while true {
      let peer = clinux_accept(descriptor)
      guard peer < 0 else { return Line(peer: tuned(peer)) }
      switch errno {
      case EINTR, ECONNABORTED, EPROTO: continue
      case EAGAIN: return nil
      default: throw LineError(.accept, name)
      }
    }
  }

  /// A cable pulled out of a monitor says nothing: the system asks, and gives up after 10 s.
  private func tuned(_ peer: Int32) -> Int32 {
    Self.set(peer, SOL_SOCKET, SO_KEEPALIVE, 1)
    Self.set(peer, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 4)
    Self.set(peer, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 2)
    Self.set(peer, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
    Self.set(peer, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 10_000)
    Self.set(peer, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    return peer
  }

  private static func set(_ socket: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    _ = setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
