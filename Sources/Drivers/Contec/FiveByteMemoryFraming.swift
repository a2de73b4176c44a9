import Vitals

/// The live stream of a Contec with 5-byte frames, and its memory in groups of three bytes.
///
/// A group has bit 7 in its first two bytes, a live frame in its first only. A frame or a group
/// counts only when the next one, or silence, follows it, and no lone first byte came before it:
/// so a byte too many never shifts numbers into each other.
struct FiveByteMemoryFraming: Framing {
  static var idleAfter: Duration { .milliseconds(50) }

  /// Whether a lone first byte came right before.
  private var isSuspect = false

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard bytes[start] >= 0x80 else {
      isSuspect = false
      return .drop(1, .stray)
    }
    guard available > 1 else { return isIdle ? .drop(1, .broken) : .wait }
    let isGroup = bytes[start + 1] >= 0x80
    let length = isGroup ? 3 : 5
    var count = 2
    let isFree = isGroup && FiveByteGroup.hasFreeEnd(startingWith: bytes[start])
    while count < min(length, available), isFree || bytes[start + count] < 0x80 { count += 1 }
    guard count == min(length, available) else {
      isSuspect = isGroup
      return .drop(isGroup ? 1 : count, .broken)
    }
    guard available > length || isIdle else { return .wait }
    let isWhole = available == length || (available > length && bytes[start + length] >= 0x80)
    let isGood = isWhole && !isSuspect
    isSuspect = false
    return isGood ? .frame(length, isInDoubt: false) : .drop(count, .broken)
  }
}
