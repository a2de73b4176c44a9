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
  /// Nil for what has no node (a USB interface) or no hardware (ptys, consoles).
  init?(_ device: OpaquePointer) {
    func property(_ name: String) -> String? {
      udev_device_get_property_value(device, name).map { String(cString: $0) }
    }
    guard let node = udev_device_get_devnode(device), let path = udev_device_get_syspath(device),
      let subsystem = udev_device_get_subsystem(device)
    else { return nil }
    // Belongs to udev_device, like all it returns; nil for what hangs on no USB.
    let usb = udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device")
    func attribute(_ name: String) -> String? {
      guard let holder = usb ?? (String(cString: subsystem) == "usb" ? device : nil) else {
        return nil
      }
      return udev_device_get_sysattr_value(holder, name).map { String(cString: $0) }
    }
    syspath = String(cString: path)
    guard !syspath.contains("/devices/virtual/") else { return nil }
    self.node = String(cString: node)
    self.subsystem = String(cString: subsystem)
    idPath = property("ID_PATH")
    vendorID = property("ID_VENDOR_ID") ?? attribute("idVendor")
    productID = property("ID_MODEL_ID") ?? attribute("idProduct")
    serial = property("ID_SERIAL_SHORT") ?? attribute("serial")
  }
}
