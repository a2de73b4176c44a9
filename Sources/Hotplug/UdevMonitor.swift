import CUdev
import Glibc

/// A udev netlink socket.
///
/// Unchecked: the pointers are constant, and only ``DeviceMonitor``'s queue uses them; the last
/// owner (its source's cancel handler, on that same queue) frees them.
final class UdevMonitor: @unchecked Sendable {
  private let monitor: OpaquePointer
  let udev: Udev

  var descriptor: Int32 { udev_monitor_get_fd(monitor) }

  /// Nil, with errno, when the socket cannot be had (a container without netlink).
  init?(_ udev: Udev, subsystems: [String]) {
    guard let monitor = udev_monitor_new_from_netlink(udev.context, "udev") else { return nil }
    for subsystem in subsystems {
      udev_monitor_filter_add_match_subsystem_devtype(monitor, subsystem, nil)
    }
    let code = udev_monitor_enable_receiving(monitor)
    guard code >= 0 else {
      udev_monitor_unref(monitor)
      errno = -code
      return nil
    }
    self.monitor = monitor
    self.udev = udev
  }

  deinit { udev_monitor_unref(monitor) }

  enum Message {
    case added(Device)
    case removed(syspath: String)
    /// The kernel dropped messages: only looking at everything again tells what happened.
    case lost
  }

  /// The next message; nil when there is none.
  func next() -> Message? {
    while true {
      errno = 0
      guard let device = udev_monitor_receive_device(monitor) else {
        return errno == ENOBUFS ? .lost : nil
      }
      defer { udev_device_unref(device) }
      guard let action = udev_device_get_action(device).map({ String(cString: $0) }),
        let syspath = udev_device_get_syspath(device).map({ String(cString: $0) })
      else { continue }
      if action == "remove" { return .removed(syspath: syspath) }
      // Also "change" and "bind": a device's properties may come late.
      if let found = Device(device) { return .added(found) }
    }
  }
}
