import Vitals

/// A message on IntelliVue's serial line: `C0 11 01 length payload FCS C1`.
///
/// Where `C0`, `C1` or `7D` would stand inside, `7D` and the byte with bit 5 turned over do. The FCS
/// is that of PPP (CRC-16, reflected), over everything between the flags before escaping.
public enum IntelliVueFrame {
  static let begin: UInt8 = 0xC0
  static let end: UInt8 = 0xC1
  static let escape: UInt8 = 0x7D
  /// Protocol and version.
  static let header: [2 of UInt8] = [0x11, 0x01]
  /// The longest payload a monitor may send us: what our association request allows.
  static let longestPayload = 2500
  /// The checksum over a frame that carries its own checksum.
  private static let goodSum: UInt16 = 0xF0B8

  /// The frame around a payload.
  public static func encode(_ payload: [UInt8]) -> [UInt8] {
    var body: [UInt8] = [header[0], header[1]]
    body.append(bigEndian: UInt16(truncatingIfNeeded: payload.count))
    body += payload
    var sum: UInt16 = 0xFFFF
    for byte in body { add(byte, to: &sum) }
    body.append(littleEndian: ~sum)
    var frame = [begin]
    for byte in body {
      if byte == begin || byte == end || byte == escape {
        frame += [escape, byte ^ 0x20]
      } else {
        frame.append(byte)
      }
    }
    frame.append(end)
    return frame
  }

  /// What a frame, flags included, carries; `nil` when its checksum, length or header is wrong.
  public static func payload(of frame: Span<UInt8>) -> [UInt8]? {
    guard isWhole(frame) else { return nil }
    var body: [UInt8] = []
    body.reserveCapacity(frame.count)
    forEachByte(of: frame) { body.append($0) }
    return Array(body.dropFirst(4).dropLast(2))
  }

  /// Whether everything about a frame is right.
  static func isWhole(_ frame: Span<UInt8>) -> Bool {
    guard frame.count >= 8, frame[0] == begin, frame[frame.count - 1] == end else { return false }
    var sum: UInt16 = 0xFFFF
    var count = 0
    var head: UInt32 = 0
    let isWellEscaped = forEachByte(of: frame) { byte in
      add(byte, to: &sum)
      if count < 4 { head = head << 8 | UInt32(byte) }
      count += 1
    }
    return isWellEscaped && sum == goodSum && head == 0x1101_0000 | UInt32(max(count - 6, 0))
      && count - 6 <= longestPayload
  }

  /// Calls back with every byte between the flags, unescaped; false when an escape stands last.
  @discardableResult
  private static func forEachByte(of frame: Span<UInt8>, _ body: (UInt8) -> Void) -> Bool {
    var isEscaped = false
    for index in 1..<frame.count - 1 {
      let byte = frame[index]
      if isEscaped {
        body(byte ^ 0x20)
        isEscaped = false
      } else if byte == escape {
        isEscaped = true
      } else {
        body(byte)
      }
    }
    return !isEscaped
  }

  private static func add(_ byte: UInt8, to sum: inout UInt16) {
    var mixed = byte ^ UInt8(truncatingIfNeeded: sum)
    mixed ^= mixed << 4
    let wide = UInt16(mixed)
    sum = (sum >> 8) ^ (wide << 8) ^ (wide << 3) ^ (wide >> 4)
  }
}
