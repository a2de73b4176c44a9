/// Where a device is reached, as the configuration writes it.
///
/// USB ids stand in none of them: a bridge chip's are those of a hundred other gadgets.
public enum PortAddress: Hashable, Sendable {
  /// A tty, or a link to one such as `/dev/serial/by-path/…`.
  case serial(path: String, LineSettings)
  /// A hidraw node, or a link to one: one report a read, one a write.
  case hid(path: String)
  /// An input node, or a link to one: whole events a read, and nobody else gets them.
  case input(path: String)
  /// An address of ours that the device connects to.
  case tcp(SocketAddress)
  /// A USB personal healthcare device by its place on the bus.
  case phdc(USBPort)

  /// Reads a path, `tcp:ADDRESS:PORT` or `usb:BUS-PORT`.
  ///
  /// A path with `settings` is a serial line; one without is an input node below `/dev/input`, and
  /// elsewhere a hidraw node; for the others they mean nothing.
  public init(_ text: String, settings: LineSettings?) throws(LineError) {
    if let rest = text.rest(after: "tcp:") {
      guard let address = SocketAddress(rest) else {
        throw .address(text, "wants tcp:ADDRESS:PORT in digits, such as tcp:192.168.7.1:2575")
      }
      self = .tcp(address)
    } else if let rest = text.rest(after: "usb:") {
      guard let port = USBPort(rest) else {
        throw .address(text, "wants usb:BUS-PORT as in /sys/bus/usb/devices, such as usb:1-4.2")
      }
      self = .phdc(port)
    } else if text.hasPrefix("/dev/input/"), settings == nil {
      self = .input(path: text)
    } else if text.hasPrefix("/") {
      self = settings.map { .serial(path: text, $0) } ?? .hid(path: text)
    } else {
      throw .address(
        text, "is neither a path from / on, nor tcp:ADDRESS:PORT, nor usb:BUS-PORT")
    }
  }
}

extension PortAddress: CustomStringConvertible {
  /// As the configuration writes it.
  public var description: String {
    switch self {
    case .serial(let path, _), .hid(let path), .input(let path): path
    case .tcp(let address): "tcp:\(address)"
    case .phdc(let port): "usb:\(port)"
    }
  }
}

extension String {
  fileprivate func rest(after prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
