/// A socket that a USB device is plugged into: the bus, and the port of each hub on the way.
///
/// Written as the kernel does, such as `1-4.2`. It stays when the device is exchanged.
public struct USBPort: Hashable, Sendable {
  public let bus: UInt8
  /// From the root hub's port on; 1 to 7 of them.
  public let ports: [UInt8]

  /// Nil for text that is no place on a bus.
  public init?(_ text: some StringProtocol) {
    let halves = text.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, let bus = Self.number(halves[0]) else { return nil }
    let ports = halves[1].split(separator: ".", omittingEmptySubsequences: false)
      .map { Self.number($0) }
    guard (1...7).contains(ports.count), !ports.contains(nil) else { return nil }
    self.bus = bus
    self.ports = ports.compactMap { $0 }
  }

  /// Digits only, and counted from 1.
  private static func number(_ text: some StringProtocol) -> UInt8? {
    guard text.first?.isNumber == true, let number = UInt8(text), number > 0 else { return nil }
    return number
  }
}

extension USBPort: CustomStringConvertible {
  public var description: String {
    "\(bus)-\(ports.map(String.init).joined(separator: "."))"
  }
}
