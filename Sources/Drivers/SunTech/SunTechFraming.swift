import Vitals

/// SunTech's replies: `3E len … chk`, where the bytes of a packet add up to 0.
///
/// One-letter replies count at once: a dialogue hangs on them, and one byte too many cannot make
/// one letter of another. Replies with numbers wait for what follows them: a byte too many that
/// happens to equal the checksum would shift their numbers.
struct SunTechFraming: Framing {
  static var idleAfter: Duration { .milliseconds(100) }

  static let header: UInt8 = 0x3E
  static let lengths = 4...67

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    guard bytes[start] == Self.header else { return .drop(1, .stray) }
    let available = bytes.count - start
    guard available > 1 else { return isIdle ? .drop(1, .broken) : .wait }
    let length = Int(bytes[start + 1])
    guard Self.lengths.contains(length) else { return .drop(1, .stray) }
    guard available >= length else { return isIdle ? .drop(1, .broken) : .wait }
    guard addsUp(bytes, from: start, length: length),
      !hidesPacket(bytes, from: start, length: length)
    else { return .drop(1, .checksum) }
    guard length > 4 else { return .frame(length, isInDoubt: false) }
    return judgeLong(bytes, from: start, length: length, isIdle: isIdle)
  }

  private func addsUp(_ bytes: Span<UInt8>, from start: Int, length: Int) -> Bool {
    var sum: UInt8 = 0
    for index in start..<start + length { sum &+= bytes[index] }
    return sum == 0
  }

  /// Whether a packet, with the header of another behind it, lies within these bytes: then the
  /// length is a byte too many, and swallows what follows.
  private func hidesPacket(_ bytes: Span<UInt8>, from start: Int, length: Int) -> Bool {
    let end = start + length
    for index in start + 1..<end - 1 where bytes[index] == Self.header {
      let inner = Int(bytes[index + 1])
      if Self.lengths.contains(inner), index + inner < end, bytes[index + inner] == Self.header,
        addsUp(bytes, from: index, length: inner)
      {
        return true
      }
    }
    return false
  }

  /// A packet with numbers whose checksum is good, by what follows it.
  private func judgeLong(
    _ bytes: Span<UInt8>, from start: Int, length: Int, isIdle: Bool
  ) -> Verdict {
    let end = start + length
    let follows = bytes.count - end
    if follows == 0 { return isIdle ? .frame(length, isInDoubt: false) : .wait }
    if bytes[end] == Self.header { return .frame(length, isInDoubt: false) }
    if follows == 1, !isIdle { return .wait }
    // A lost byte: the next packet's header took the place of the checksum.
    if bytes[end - 1] == Self.header, Self.lengths.contains(Int(bytes[end])) {
      return .drop(length - 1, .broken)
    }
    // A byte too many: the true checksum stands behind what looks like the packet.
    let isNextInPlace = follows == 1 || bytes[end + 1] == Self.header
    if isNextInPlace, hasByteTooMany(bytes, from: start, length: length) {
      return .drop(length, .broken)
    }
    return .frame(length, isInDoubt: false)
  }

  /// Whether another packet comes out when one of the bytes is left out for the one behind.
  private func hasByteTooMany(_ bytes: Span<UInt8>, from start: Int, length: Int) -> Bool {
    for index in start + 1..<start + length - 1 where bytes[index] == bytes[start + length] {
      // The length byte can only be the one too many if a good one comes after it.
      if index > start + 1 || Int(bytes[index + 1]) == length { return true }
    }
    return false
  }
}

/// The 8-bit sum that makes a packet add up to 0.
func sunTechChecked(_ bytes: [UInt8]) -> [UInt8] {
  bytes + [0 &- bytes.reduce(0, &+)]
}
