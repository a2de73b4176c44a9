import CUdev
import Glibc

/// A place where a device can be plugged in: what a chair is bound to.
///
/// The name is udev's `ID_PATH`, such as `pci-0000:00:14.0-usb-0:3.2:1.0`: bus, hub, socket,
/// interface. It stays when the device is exchanged and changes when the cable moves. These look
/// into sysfs, which is quick but is input and output: keep them off the ward's queue.
public struct PhysicalPort: Hashable, Sendable {
  public let idPath: String

  public init(idPath: String) { self.idPath = idPath }

  /// The port that `node` (or a link to it) is plugged into; nil for what is no device, has no
  /// port, or was never seen by udev.
  public init?(node: String) {
    guard let device = Device(node: node), let idPath = device.idPath else { return nil }
    self.idPath = idPath
  }

  /// What is plugged in here now: as a rule one device, none when the port is empty. A USB device
  /// may show as a tty and as a usb node; they have different interfaces in the name.
  public func devices(of subsystems: [String] = DeviceMonitor.subsystems) -> [Device] {
    Udev()?.devices(of: subsystems).filter { $0.idPath == idPath } ?? []
  }
}

extension Device {
  /// Looks a character device up by its number, so that links and renamed nodes work.
  public init?(node: String) {
    var status = stat()
    guard stat(node, &status) == 0, status.st_mode & S_IFMT == S_IFCHR, let udev = Udev(),
      let found = udev_device_new_from_devnum(udev.context, CChar(UInt8(ascii: "c")), status.st_rdev)
    else { return nil }
    defer { udev_device_unref(found) }
    self.init(found)
  }
}
