/// Three bytes out of the memory of a Contec with 5-byte frames (`protocols.md` 1.1).
enum FiveByteGroup: Equatable {
  /// When the recording began, sent three times; there is no date.
  case start(hour: UInt8, minute: UInt8)
  /// Sent once, behind the start.
  case length(bytes: Int)
  case second(ContecV7Second)

  private static let startMark: UInt8 = 0xF2

  init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 3 else { return nil }
    switch bytes[0] {
    case Self.startMark: self = .start(hour: bytes[1] & 0x7F, minute: bytes[2] & 0x7F)
    case 0xF0, 0xF1:
      self = .second(
        ContecV7Second(
          saturation: bytes[2], pulseRate: (bytes[0] & 1) << 7 | bytes[1] & 0x7F))
    case 0x80..<0xF0:
      self = .length(
        bytes: (Int(bytes[0] & 0x7F) << 14 | Int(bytes[1] & 0x7F) << 7 | Int(bytes[2])) + 1)
    default: return nil
    }
  }

  /// The three bytes on the wire.
  var encoded: [UInt8] {
    switch self {
    case .start(let hour, let minute): [Self.startMark, 0x80 | hour, minute]
    case .length(let bytes):
      [
        0x80 | UInt8((bytes - 1) >> 14 & 0x7F), 0x80 | UInt8((bytes - 1) >> 7 & 0x7F),
        UInt8((bytes - 1) & 0x7F),
      ]
    case .second(let second):
      [0xF0 | second.pulseRate >> 7, 0x80 | second.pulseRate, second.saturation & 0x7F]
    }
  }

  /// Whether the last byte of a group may have any bit 7: that of the minute differs by source.
  static func hasFreeEnd(startingWith first: UInt8) -> Bool { first == startMark }
}
