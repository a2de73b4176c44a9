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

  /// What is plugged in here now: as a rule one device, none when the port is empty.
  ///
  /// A USB device may show as a tty and as a usb node; these differ in the interface at the end of
  /// the name.
  public func devices(of subsystems: [String] = DeviceMonitor.subsystems) -> [Device] {
    Udev()?.devices(of: subsystems).filter { $0.idPath == idPath } ?? []
  }
}

extension Device {
  /// Looks up what is at `node`, which may be a link to it (`/dev/serial/by-path/…`).
  public init?(node: String) {
    guard let wanted = FileIdentity(node),
      let device = Udev()?.devices(of: DeviceMonitor.subsystems).first(where: {
        FileIdentity($0.node) == wanted
      })
    else { return nil }
    self = device
  }
}

/// Which file a path leads to, through any links; emulated nodes (umockdev) have no truer number.
private struct FileIdentity: Equatable {
  let device: dev_t
  let inode: ino_t

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = status.st_dev
    inode = status.st_ino
  }
}
