import Vitals

/// Lines of the Dinamap's host port: text, two characters of checksum, CR (`protocols.md` 2.2).
enum DinamapLine: LineLayout {
  /// The longest known reply has 21 characters; newer monitors may say more behind it.
  static let longest = 80
  static let end = UInt8(ascii: "\r")

  private static let shortest = 3

  /// Whether the checksum is good, and a reply we know has its numbers where they belong.
  static func accepts(_ line: Span<UInt8>) -> Bool {
    let count = line.count - 2
    guard count >= shortest else { return false }
    let text = line.extracting(first: count)
    guard line[count] == checksum(of: text).0, line[count + 1] == checksum(of: text).1 else {
      return false
    }
    return DinamapReply.isWellFormed(text)
  }

  /// The whole line on the wire.
  static func encode(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let (high, low) = checksum(of: bytes.span)
    return bytes + [high, low, end]
  }

  /// A sum of 12 bits modulo FFF, six bits a character.
  private static func checksum(of text: Span<UInt8>) -> (UInt8, UInt8) {
    var sum: UInt16 = 0
    for index in text.indices {
      sum += UInt16(text[index] &- 0x20) + 1
      if sum > 0xFFF { sum -= 0xFFF }
    }
    return (0x20 + UInt8(sum >> 6), 0x20 + UInt8(sum & 0x3F))
  }
}

/// What the host may say to a Dinamap.
public enum DinamapCommand: String, Hashable, Sendable, CaseIterable {
  /// Start a determination: a cuff inflates on a person.
  case start = " NC0"
  /// Cancel it.
  case cancel = " ND"
  /// Read the result and the status.
  case readPressure = " NA"
  case readPulseRate = " RC"

  /// The whole line on the wire.
  public var encoded: [UInt8] { DinamapLine.encode(rawValue) }
}
