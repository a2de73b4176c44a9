import Glibc

extension Line {
  /// Makes the line raw, at the speed and frame asked for, with DTR and RTS raised.
  func configure(_ path: String, _ settings: LineSettings) throws(LineError) {
    // No isatty: an emulated tty (umockdev) denies being one, but has attributes.
    var attributes = termios()
    guard tcgetattr(descriptor, &attributes) == 0 else { throw LineError(.configure, path) }
    attributes.apply(settings)
    // TCSANOW: waiting for output to drain would block on a line nobody listens to. EINVAL is
    // glibc's word for "the driver changed nothing", which a pty that is opened again earns by
    // ignoring parity; what was granted is read back below.
    guard tcsetattr(descriptor, TCSANOW, &attributes) == 0 || errno == EINVAL else {
      throw LineError(.configure, path)
    }
    // Some cables are powered by these wires. A pty has none, and turns every frame into 8N1.
    var wires = TIOCM_DTR | TIOCM_RTS
    let isWired = ioctl(descriptor, UInt(TIOCMBIS), &wires) == 0
    var granted = termios()
    guard tcgetattr(descriptor, &granted) == 0 else { throw LineError(.configure, path) }
    guard granted.isRaw, granted.isAsFast(as: attributes),
      granted.frame == attributes.frame || !isWired
    else {
      throw LineError(.configure, path, code: EINVAL, detail: "\(settings) refused by the adapter")
    }
    // What came before the speed was right is noise.
    _ = tcflush(descriptor, TCIOFLUSH)
  }
}

extension termios {
  mutating func apply(_ settings: LineSettings) {
    cfmakeraw(&self)
    // Flow control would swallow data bytes (XON/XOFF) or wait for a wire that is not there.
    c_cflag &= ~(Self.frameMask | tcflag_t(HUPCL) | tcflag_t(CRTSCTS))
    c_cflag |= tcflag_t(CLOCAL | CREAD | (settings.dataBits == 7 ? CS7 : CS8))
    if settings.parity != .none { c_cflag |= tcflag_t(PARENB) }
    if settings.parity == .odd { c_cflag |= tcflag_t(PARODD) }
    if settings.stopBits == 2 { c_cflag |= tcflag_t(CSTOPB) }
    // A byte of the wrong parity stays: decoders judge damage, with a checksum at hand.
    c_iflag &= ~tcflag_t(IXON | IXOFF | IXANY | INPCK)
    c_iflag |= tcflag_t(IGNPAR)
    // With VMIN 0 an empty line would read as 0 bytes, which must mean "hung up" only.
    withUnsafeMutableBytes(of: &c_cc) {
      $0[Int(VMIN)] = 1
      $0[Int(VTIME)] = 0
    }
    _ = cfsetspeed(&self, Self.speed(of: settings.baud))
  }

  /// Whether every byte passes as it is.
  var isRaw: Bool {
    c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0
      && c_iflag & tcflag_t(IXON | IXOFF | INPCK | ISTRIP | ICRNL) == 0
  }

  private static let frameMask = tcflag_t(CSIZE | PARENB | PARODD | CSTOPB | CMSPAR)

  fileprivate var frame: tcflag_t { c_cflag & Self.frameMask }

  fileprivate func isAsFast(as other: termios) -> Bool {
    var (this, other) = (self, other)
    return cfgetospeed(&this) == cfgetospeed(&other) && cfgetispeed(&this) == cfgetispeed(&other)
  }

  private static func speed(of baud: Int) -> speed_t {
    speeds[baud] ?? speed_t(B0)
  }

  /// Linux encodes speeds; one row for each of ``LineSettings/bauds``.
  static let speeds: [Int: speed_t] = [
    1200: speed_t(B1200), 1800: speed_t(B1800), 2400: speed_t(B2400), 4800: speed_t(B4800),
    9600: speed_t(B9600), 19_200: speed_t(B19200), 38_400: speed_t(B38400),
    57_600: speed_t(B57600), 115_200: speed_t(B115200), 230_400: speed_t(B230400),
    460_800: speed_t(B460800), 500_000: speed_t(B500000), 576_000: speed_t(B576000),
    921_600: speed_t(B921600),
  ]
}
