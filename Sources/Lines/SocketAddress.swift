import Glibc

/// An address of this machine and a TCP port, in digits: nothing here asks a name server.
///
/// Written `192.168.7.1:2575` or `[fd00::1]:2575`; `0.0.0.0` and `[::]` stand for every address.
public struct SocketAddress: Hashable, Sendable {
  /// Without the brackets.
  public let host: String
  /// 1 to 65 535.
  public let port: UInt16

  private var isIPv6: Bool { host.utf8.contains(UInt8(ascii: ":")) }

  /// Nil for text that is no such address.
  public init?(_ text: some StringProtocol) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard digits.first?.isNumber == true, let port = UInt16(digits), port > 0 else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
      guard host.utf8.contains(UInt8(ascii: ":")) else { return nil }
    } else if host.utf8.contains(UInt8(ascii: ":")) {
      return nil
    }
    self.host = host
    self.port = port
    guard withSystemAddress({ _, _ in true }) == true else { return nil }
  }

  /// The socket family the address belongs to.
  var family: Int32 { isIPv6 ? AF_INET6 : AF_INET }

  /// Calls `body` with the address as system calls take it; nil when the digits are no address.
  func withSystemAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result? {
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { return nil }
      return Self.lend(&address, body)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
    return Self.lend(&address, body)
  }

  private static func lend<Address, Result>(
    _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafeBytes(of: &address) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { rebound in
        // Never empty: it holds the address.
        body(rebound.baseAddress.unsafelyUnwrapped, socklen_t(bytes.count))
      }
    }
  }
}

extension SocketAddress: CustomStringConvertible {
  public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
