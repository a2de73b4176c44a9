import Drivers
public import Lines
public import Settings

extension Settings.Device {
  /// Where the device is reached: its port, as far as its driver can be reached there.
  ///
  /// - Throws: what is wrong with the port or the line settings, or that this driver's devices have
  ///   no such port.
  public func address() throws(LineError) -> PortAddress {
    let link = Catalog.model(id: driver)?.link
    let text = line ?? link?.serialSettings
    let settings: LineSettings? = if let text { try LineSettings(text) } else { nil }
    let address = try PortAddress(port, settings: settings)
    switch (link, address) {
    case (.phdc, .phdc), (.hid, .hid), (.input, .input), (.tcp, .tcp), (.serial, .serial): break
    // Serial lines come by network from a device server; monitors speak the same on both.
    case (.serial, .tcp), (.tcp, .serial): break
    case (.tcp, .hid):
      throw .address(port, "\(driver) wants tcp:ADDRESS:PORT, or “line” for a serial line")
    case (.phdc, _): throw .address(port, "\(driver) wants usb:BUS-PORT, such as usb:1-4.2")
    // Where a rule of udev's gave it a name of the clinic's own.
    case (.input, .hid(let path)): return .input(path: path)
    case (.input, _): throw .address(port, "\(driver) wants a node of /dev/input, without “line”")
    case (.hid, .serial): throw .address(port, "\(driver) is a HID device, without “line”")
    default: throw .address(port, "is no port of a \(driver) (\(link?.description ?? "unknown"))")
    }
    return address
  }
}
