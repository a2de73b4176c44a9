import Glibc

extension LineError {
  /// What a person can do about it; nil where nothing sensible can be said.
  public var remedy: String? {
    switch (operation, code) {
    case (.open, EACCES): "add the service user to group \(isHID ? "plugdev" : "dialout")"
    case (.open, EPERM): "allow the device in the unit (DeviceAllow)"
    case (.open, ENOENT): "plug the device in, or correct the port in the configuration"
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

  private var isHID: Bool { path.contains("hidraw") }
}
