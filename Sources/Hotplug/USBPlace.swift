/// Where a device hangs on USB, read from its name in sysfs.
///
/// For where udev has computed no `ID_PATH`: it does so for ttys, but not for hidraw, and never in
/// a container. The text is what udev would say.
struct USBPlace: Equatable {
  /// Bus and ports, such as `1-4.2`.
  let port: String
  /// For example `pci-0000:00:14.0-usb-0:4.2:1.0`: controller, ports, interface (which the device
  /// as a whole does not have).
  let idPath: String

  /// Nil for what hangs on no USB.
  init?(syspath: String) {
    let names = syspath.split(separator: "/")
    guard let root = names.firstIndex(where: Self.isRootHub), root > names.startIndex else {
      return nil
    }
    let below = names[(root + 1)...]
    // Hubs on the way have names of this form, too; the last one is the device.
    guard let device = below.last(where: { Self.ports($0) != nil && !$0.contains(":") }),
      let ports = Self.ports(device)
    else { return nil }
    let interface = below.first { $0.hasPrefix("\(device):") }?.dropFirst(device.count)
    port = String(device)
    idPath = "\(Self.controller(names[root - 1]))-usb-0:\(ports)\(interface ?? "")"
  }

  private static func isRootHub(_ name: Substring) -> Bool {
    name.hasPrefix("usb") && UInt(name.dropFirst(3)) != nil
  }

  /// The `4.2` of `1-4.2`.
  private static func ports(_ name: Substring) -> Substring? {
    let halves = name.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, UInt(halves[0]) != nil,
      halves[1].first?.isNumber == true
    else { return nil }
    return halves[1]
  }

  /// A PCI function is written `0000:00:14.0`; anything else is of the board.
  private static func controller(_ name: Substring) -> String {
    let parts = name.split(separator: ":")
    return parts.count == 3 && parts[2].contains(".") ? "pci-\(name)" : "platform-\(name)"
  }
}
