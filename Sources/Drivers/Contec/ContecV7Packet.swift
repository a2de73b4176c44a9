/// The packet coding of Contec's V7 protocol, in both directions (`protocols.md` 1.2).
///
/// Bit 7 is clear in the type and set in all other bytes; the bits 7 of the data travel in the
/// byte behind the type.
public enum ContecV7Packet {
  /// A packet of this type with up to seven bytes of data.
  public static func encode(type: UInt8, data: [UInt8]) -> [UInt8] {
    var high: UInt8 = 0x80
    for (index, byte) in data.enumerated() { high |= (byte >> 7) << UInt8(index) }
    return [type, high] + data.map { $0 | 0x80 }
  }

  /// The byte of data at `index` of a packet, with its bit 7 back in place.
  @inline(__always)
  static func byte(_ index: Int, of packet: Span<UInt8>) -> UInt8 {
    packet[2 + index] & 0x7F | (packet[1] >> UInt8(index)) << 7
  }

  /// Data bytes of a packet from the device, by type; `nil` for a type the protocol lacks.
  static func dataCount(ofType type: UInt8) -> Int? {
    switch type {
    case 0x0C: 0
    case 0x0D, 0x0E, 0x10: 1
    case 0x06, 0x0A, 0x0B: 2
    case 0x09: 4
    case 0x07, 0x08, 0x0F, 0x12: 6
    case 0x01, 0x02, 0x03, 0x04, 0x05, 0x11, 0x13, 0x14, 0x15: 7
    default: nil
    }
  }
}

/// Bit 7 clear only in the first byte, which says how many follow.
enum ContecV7Layout: SyncLayout {
  static func length(startingWith first: UInt8) -> Int {
    guard let count = ContecV7Packet.dataCount(ofType: first) else { return 0 }
    return 2 + count
  }

  static func isBody(_ byte: UInt8) -> Bool { byte >= 0x80 }
}

/// What the host can ask for: always nine bytes with `7D` in front.
public enum ContecV7Command: UInt8, Hashable, Sendable, CaseIterable {
  case protocolVersion = 0xA0
  case startLive = 0xA1
  case stopLive = 0xA2
  case segmentCount = 0xA3
  case segmentLength = 0xA4
  case segmentStart = 0xA5
  case downloadSegment = 0xA6
  case stopTransfer = 0xA7
  case model = 0xA8
  case perfusionSupport = 0xAC
  case keepAlive = 0xAF
  case storagePresent = 0xB0

  static let type: UInt8 = 0x7D

  /// The nine bytes on the wire of a command without arguments.
  public var encoded: [UInt8] { encoded(user: 0, segment: 0) }

  /// The nine bytes on the wire of a command about a recording: whose it is, and its number.
  public func encoded(user: UInt8, segment: UInt8) -> [UInt8] {
    ContecV7Packet.encode(type: Self.type, data: [rawValue, user, segment, 0, 0, 0, 0])
  }

  /// Reads a command, whatever its arguments, or `nil` when it is none of these.
  public init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 9, bytes[0] == Self.type else { return nil }
    self.init(rawValue: ContecV7Packet.byte(0, of: bytes))
  }
}
