import Vitals

/// SunTech's replies: `3E len … chk`, where the bytes of a packet add up to 0.
///
/// One-letter replies count at once: a dialogue hangs on them, and one byte too many cannot make
/// one letter of another. Replies with numbers count when the next packet or silence follows: a
/// byte too many that happens to equal the checksum would shift their numbers.
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
    var sum: UInt8 = 0
    for index in start..<start + length { sum &+= bytes[index] }
    guard sum == 0 else { return .drop(1, .checksum) }
    guard length > 4 else { return .frame(length, isInDoubt: false) }
    guard available > length else { return isIdle ? .frame(length, isInDoubt: false) : .wait }
    return bytes[start + length] == Self.header
      ? .frame(length, isInDoubt: false) : .drop(1, .broken)
  }
}

/// The 8-bit sum that makes a packet add up to 0.
func sunTechChecked(_ bytes: [UInt8]) -> [UInt8] {
  bytes + [0 &- bytes.reduce(0, &+)]
}
