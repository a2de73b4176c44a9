import Glibc

/// Tells systemd how we are (`sd_notify(3)`): one datagram to `$NOTIFY_SOCKET`.
public struct Notify: Sendable {
  private let path: String?
  /// How often systemd wants to hear `WATCHDOG=1`, in microseconds; `nil` when it does not.
  public let watchdogMicroseconds: Int?

  /// Reads what systemd left in the environment.
  public init() {
    path = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
    watchdogMicroseconds = getenv("WATCHDOG_USEC").flatMap { Int(String(cString: $0)) }
  }

  /// Sends one message, such as `READY=1`.
  ///
  /// Without systemd, does nothing.
  public func send(_ message: String) {
    guard let path, !path.isEmpty else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    // An abstract socket begins with a zero byte, written as @.
    if name[0] == UInt8(ascii: "@") { name[0] = 0 }
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, message, message.utf8.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
  }
}
