import CUdev

/// A libudev context, to be used from one queue only, as libudev asks.
final class Udev {
  let context: OpaquePointer

  /// Nil when there is no memory; nothing else makes it fail.
  init?() {
    guard let context = udev_new() else { return nil }
    self.context = context
  }

  deinit { udev_unref(context) }

  /// The devices of `subsystems` that have a node, in the kernel's order.
  func devices(of subsystems: [String]) -> [Device] {
    guard let search = udev_enumerate_new(context) else { return [] }
    defer { udev_enumerate_unref(search) }
    for subsystem in subsystems { udev_enumerate_add_match_subsystem(search, subsystem) }
    udev_enumerate_scan_devices(search)
    var devices: [Device] = []
    var entry = udev_enumerate_get_list_entry(search)
    while let current = entry {
      if let found = udev_device_new_from_syspath(context, udev_list_entry_get_name(current)) {
        if let device = Device(found) { devices.append(device) }
        udev_device_unref(found)
      }
      entry = udev_list_entry_get_next(current)
    }
    return devices
  }
}

extension Device {
  /// Nil for what has no node (a USB interface), no hardware (ptys, consoles), or is of no kind that
  /// we read (a USB device without a healthcare interface).
  init?(_ device: OpaquePointer) {
    func property(_ name: String) -> String? {
      udev_device_get_property_value(device, name).map { String(cString: $0) }
    }
    guard let node = udev_device_get_devnode(device), let path = udev_device_get_syspath(device),
      let subsystem = udev_device_get_subsystem(device)
    else { return nil }
    syspath = String(cString: path)
    self.node = String(cString: node)
    self.subsystem = String(cString: subsystem)
    guard !syspath.contains("/devices/virtual/") else { return nil }
    let isUSBDevice = self.subsystem == "usb"
    if isUSBDevice {
      let interfaces = property("ID_USB_INTERFACES")
      guard HealthcareInterface.isPresent(syspath: syspath, interfaces: interfaces) else {
        return nil
      }
    }
    // Belongs to udev_device, like all it returns; nil for what hangs on no USB.
    let parent = udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device")
    let holder = isUSBDevice ? device : parent
    func attribute(_ name: String) -> String? {
      guard let holder else { return nil }
      return udev_device_get_sysattr_value(holder, name).map { String(cString: $0) }
    }
    // A board's serial port that has a node, but no chip.
    let chip = udev_device_get_sysattr_value(device, "type").map { String(cString: $0) }
    guard self.subsystem != "tty" || chip != "0" else { return nil }
    // The kernel's older nodes for the same, and what belongs to the machine: its power button, its lid.
    guard self.subsystem != "input" || (self.node.contains("/event") && parent != nil) else {
      return nil
    }
    links = property("DEVLINKS")?.split(separator: " ").map(String.init).sorted() ?? []
    let place = USBPlace(syspath: syspath)
    idPath = property("ID_PATH") ?? place?.idPath
    usbPort = place?.port
    vendorID = property("ID_VENDOR_ID") ?? attribute("idVendor")
    productID = property("ID_MODEL_ID") ?? attribute("idProduct")
    serial = property("ID_SERIAL_SHORT") ?? attribute("serial")
  }
}
