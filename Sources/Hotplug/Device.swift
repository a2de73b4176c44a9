/// A device node that is plugged in now, and where.
public struct Device: Hashable, Sendable {
  /// The kernel's name of the device, unique while it is plugged in.
  public let syspath: String
  /// For example `/dev/ttyUSB0`; the number depends on the order of plugging.
  public let node: String
  /// udev's other names of the node, such as `/dev/serial/by-path/…`, in order.
  public let links: [String]
  /// `tty`, `hidraw`, `input` or `usb` (of the last, devices with a healthcare interface only).
  public let subsystem: String
  /// The physical port, as in udev's `ID_PATH`; nil for what hangs on no USB and udev does not know.
  public let idPath: String?
  /// Bus and ports, such as `1-4.2`; nil for what hangs on no USB.
  public let usbPort: String?
  /// Four hexadecimal digits; a hint only, since a bridge chip's ids are those of a hundred gadgets.
  public let vendorID: String?
  public let productID: String?
  /// As the maker gave it; many adapters share one.
  public let serial: String?

  /// What a configuration writes to bind this place, whatever is plugged in there later.
  ///
  /// Nil where udev gave the place no name; ``node`` would do until the next plugging.
  public var port: String? {
    if subsystem == "usb" { return usbPort.map { "usb:\($0)" } }
    // The longer of two names the same place in a newer manner.
    return links.filter { $0.contains("/by-path/") }.min { $0.count < $1.count }
  }
}

/// What ``DeviceMonitor`` tells.
public enum DeviceChange: Hashable, Sendable {
  case added(Device)
  case removed(node: String)
}
