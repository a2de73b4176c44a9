import Glibc
import Lines

/// A device that connects to us by TCP, as a test sees it.
final class Peer {
  private let descriptor: Int32

  /// Connects, as soon as somebody listens.
  init(_ address: SocketAddress) async throws {
    var peer: Int32 = -1
    for _ in 0..<2000 {
      peer = Self.connect(address)
      if peer >= 0 { break }
      try await Task.sleep(for: .milliseconds(2))
    }
    descriptor = peer
    guard peer >= 0 else { throw Problem() }
  }

  deinit { close(descriptor) }

  struct Problem: Error {}

  private static func connect(_ address: SocketAddress) -> Int32 {
    let peer = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var end = sockaddr_in()
    end.sin_family = sa_family_t(AF_INET)
    end.sin_port = address.port.bigEndian
    inet_pton(AF_INET, address.host, &end.sin_addr)
    let code = withUnsafeBytes(of: &end) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) {
        Glibc.connect(peer, $0.baseAddress!, socklen_t(bytes.count))
      }
    }
    guard code != 0 else { return peer }
    close(peer)
    return -1
  }

  func write(_ bytes: [UInt8]) {
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What we sent, as soon as there is something; nothing when the connection is over.
  func read() async -> [UInt8] {
    var room = [UInt8](repeating: 0, count: 4096)
    for _ in 0..<5000 {
      let count = recv(descriptor, &room, room.count, Int32(MSG_DONTWAIT))
      if count > 0 { return Array(room[..<count]) }
      if count == 0 || errno != EAGAIN { return [] }
      try? await Task.sleep(for: .milliseconds(1))
    }
    return []
  }

  /// Hangs up as a process that dies does.
  func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

extension SocketAddress {
  /// One of this machine's that nobody uses.
  static func free() throws -> SocketAddress {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(probe) }
    var end = sockaddr_in()
    end.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, "127.0.0.1", &end.sin_addr)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutableBytes(of: &end) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { rebound in
        _ = bind(probe, rebound.baseAddress!, size)
        _ = getsockname(probe, rebound.baseAddress!, &size)
      }
    }
    guard let address = SocketAddress("127.0.0.1:\(UInt16(bigEndian: end.sin_port))") else {
      throw Peer.Problem()
    }
    return address
  }
}
