import Glibc

extension Line {
  /// Sends a message, or one HID report, and waits until it is gone; returns whether all of it is.
  ///
  /// For programs that serve one device; ``Ports`` never waits.
  public func send(_ bytes: [UInt8], asFeature: Bool = false) -> Bool {
    if case .hid = kind {
      return writeReport(WriteBuffer.Message(bytes: bytes[...], isFeature: asFeature))
    }
    return write(bytes[...]) == bytes.count
  }

  /// Whether writing may block whatever the descriptor says: hidraw ignores O_NONBLOCK.
  var blocksOnWriting: Bool {
    if case .hid = kind { true } else { false }
  }

  /// Gives the line what it takes now; returns how many bytes, or -1 and `errno`.
  func write(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBytes { bytes in
      switch kind {
      case .tty, .hid, .input: Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      // To a connection that is gone, write would kill the process (SIGPIPE).
      case .tcp, .phdc:
        Glibc.send(
          descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      }
    }
  }

  /// Gives a HID device one report; may block for 5 s.
  ///
  /// The devices we know number no reports: hidraw wants a 0 in the number's place.
  func writeReport(_ message: WriteBuffer.Message) -> Bool {
    var report = [0] + message.bytes
    if !message.isFeature { return Glibc.write(descriptor, report, report.count) == report.count }
    return ioctl(descriptor, Self.setFeature(report.count), &report) >= 0
  }

  /// The kernel's `HIDIOCSFEATURE(count)`, a macro that Swift does not see: read and write, size,
  /// letter, number.
  private static func setFeature(_ count: Int) -> UInt {
    3 << 30 | UInt(count) << 16 | UInt(UInt8(ascii: "H")) << 8 | 0x06
  }
}
