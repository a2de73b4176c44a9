import Vitals

/// A record on the line of a Datex-Ohmeda monitor: `7E record checksum 7E` (`protocols.md` 3.2).
///
/// Where `7E` or `7D` would stand inside, `7D` and the byte without its bit 5 do. The checksum is
/// the sum of the record before escaping.
public enum DRIFrame {
  static let flag: UInt8 = 0x7E
  static let escape: UInt8 = 0x7D
  private static let bit5: UInt8 = 0x20

  /// The frame around a record.
  public static func encode(_ record: [UInt8]) -> [UInt8] {
    var frame = [flag]
    for byte in record + [record.reduce(0, &+)] {
      if byte == flag || byte == escape {
        frame += [escape, byte & ~bit5]
      } else {
        frame.append(byte)
      }
    }
    frame.append(flag)
    return frame
  }

  /// The record in a frame, flags included; `nil` when its checksum or its own length is wrong.
  public static func record(in frame: Span<UInt8>) -> [UInt8]? {
    guard isWhole(frame) else { return nil }
    var record: [UInt8] = []
    record.reserveCapacity(frame.count)
    forEachByte(of: frame) { record.append($0) }
    record.removeLast()
    return record
  }

  /// Whether everything about a frame is right: a sum alone would not notice a zero too many.
  static func isWhole(_ frame: Span<UInt8>) -> Bool {
    guard frame.count >= 2, frame[0] == flag, frame[frame.count - 1] == flag else { return false }
    var count = 0
    var length = 0
    var sum: UInt8 = 0
    var last: UInt8 = 0
    let isWellEscaped = forEachByte(of: frame) { byte in
      if count < 2 { length |= Int(byte) << (8 * count) }
      sum &+= byte
      last = byte
      count += 1
    }
    return isWellEscaped && length == count - 1 && length >= DRIRecord.headerLength
      && sum &- last == last
  }

  /// Calls back with every byte between the flags, unescaped; false when an escape is none.
  @discardableResult
  private static func forEachByte(of frame: Span<UInt8>, _ body: (UInt8) -> Void) -> Bool {
    var isEscaped = false
    for index in 1..<frame.count - 1 {
      let byte = frame[index]
      if isEscaped {
        guard byte == flag & ~bit5 || byte == escape & ~bit5 else { return false }
        body(byte | bit5)
        isEscaped = false
      } else if byte == escape {
        isEscaped = true
      } else {
        body(byte)
      }
    }
    return !isEscaped
  }
}
