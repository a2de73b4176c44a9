/// What a SunTech module says (`protocols.md` 2.1).
public enum SunTechReply: Hashable, Sendable {
  case letter(SunTechLetter)
  /// Pressure in the cuff, in mmHg.
  case cuffPressure(mmHg: Int)
  case result(SunTechResult)

  /// Reads a whole packet with a good checksum, or `nil` when it says nothing we know.
  public init?(_ packet: Span<UInt8>) {
    guard packet.count >= 4, packet[0] == SunTechFraming.header, Int(packet[1]) == packet.count
    else { return nil }
    var sum: UInt8 = 0
    for index in packet.indices { sum &+= packet[index] }
    guard sum == 0 else { return nil }
    switch packet.count {
    case 4:
      guard let letter = SunTechLetter(rawValue: packet[2]) else { return nil }
      self = .letter(letter)
    case 5:
      self = .cuffPressure(mmHg: Int(packet[2]) | Int(packet[3]) << 8)
    case SunTechResult.length:
      self = .result(SunTechResult(packet))
    default: return nil
    }
  }

  /// The whole packet on the wire.
  public var encoded: [UInt8] {
    switch self {
    case .letter(let letter): sunTechChecked([SunTechFraming.header, 4, letter.rawValue])
    case .cuffPressure(let pressure):
      sunTechChecked([
        SunTechFraming.header, 5, UInt8(pressure & 0xFF), UInt8(pressure >> 8 & 0xFF),
      ])
    case .result(let result): result.encoded
    }
  }
}

/// Replies of one letter.
public enum SunTechLetter: UInt8, Hashable, Sendable, CaseIterable {
  /// "O": begun.
  case begun = 0x4F
  /// "K": a determination, or a command, is done.
  case done = 0x4B
  /// "A".
  case aborted = 0x41
  /// "N".
  case badPacket = 0x4E
  /// "B".
  case busy = 0x42
  /// "S".
  case asleep = 0x53
  /// "R".
  case reset = 0x52
}
