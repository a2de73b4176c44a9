import Glibc

extension LineError {
  /// What a person can do about it; nil where nothing sensible can be said.
  public var remedy: String? {
    switch (operation, code) {
    case (.open, EACCES): "add the service user to group \(group)"
    case (.open, EPERM): "allow the device in the unit (DeviceAllow)"
    case (.open, ENOENT): "plug the device in, or correct the port in the configuration"
    case (.claim, EBUSY): "stop the other program that uses the device"
    case (.claim, ENOTSUP): "bind a device of USB class 0f (healthcare)"
    case (.listen, EADDRINUSE): "stop the other program, or choose another port"
    case (.listen, EADDRNOTAVAIL): "name an address of this machine; 0.0.0.0 is all of them"
    case (.listen, EACCES): "choose a port from 1024 on"
    case (.accept, EMFILE), (.accept, ENFILE): "raise LimitNOFILE in the unit"
    case (.open, ENXIO), (.open, ENODEV), (.open, EIO): "unplug the adapter and plug it in again"
    case (.open, EBUSY), (.lock, EBUSY): "stop the other program (ModemManager, gpsd, brltty?)"
    case (.open, EISDIR), (.open, ELOOP), (.open, ENOTDIR): "name a device node"
    case (.open, EMFILE), (.open, ENFILE): "raise LimitNOFILE in the unit"
    case (.lock, ENOTTY), (.configure, ENOTTY): "name a serial line"
    case (.configure, EINVAL): "use an adapter that offers these line settings"
    case (.configure, EIO), (.read, EIO), (.write, EIO): "check the cable"
    case (.createPty, ENOENT), (.createPty, ENOSPC): "mount devpts at /dev/pts, or raise pty.max"
    case (.link, EACCES), (.link, EROFS): "choose a folder that can be written"
    default: nil
    }
  }

  /// Whom Debian lets open such a node.
  private var group: String {
    if path.hasPrefix("/dev/input/") { return "input" }
    return path.contains("hidraw") || path.hasPrefix("usb:") ? "plugdev" : "dialout"
  }
}
