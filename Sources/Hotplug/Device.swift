/// A device node that is plugged in now, and where.
public struct Device: Hashable, Sendable {
  /// The kernel's name of the device, unique while it is plugged in.
  public let syspath: String
  /// For example `/dev/ttyUSB0`; the number depends on the order of plugging.
  public let node: String
  /// `tty`, `hidraw` or `usb`.
  public let subsystem: String
  /// The physical port (`ID_PATH`); nil where udev has not said.
  public let idPath: String?
  /// Four hexadecimal digits; a hint only, since a bridge chip's ids are those of a hundred gadgets.
  public let vendorID: String?
  public let productID: String?
  /// As the maker gave it; many adapters share one.
  public let serial: String?
}

/// What ``DeviceMonitor`` tells.
public enum DeviceChange: Hashable, Sendable {
  case added(Device)
  case removed(node: String)
}
