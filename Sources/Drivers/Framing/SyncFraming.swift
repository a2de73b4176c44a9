import Vitals

/// Frames without a checksum, told apart by bit 7.
///
/// It has one value in the first byte, which says how long the frame is, and the other in the rest.
protocol SyncLayout: Sendable {
  /// Bytes of a frame that begins with `first`; 0 when none does.
  static func length(startingWith first: UInt8) -> Int
  /// Whether a byte has bit 7 as all bytes but the first have it.
  static func isBody(_ byte: UInt8) -> Bool
}

/// Accepts a frame only when a first byte, or silence, follows it.
///
/// So a byte too many never shifts the numbers of a frame into each other: the frame then ends one
/// byte early, and a body byte follows.
struct SyncFraming<Layout: SyncLayout>: Framing {
  static var idleAfter: Duration { .milliseconds(50) }

  /// Whether the frame at hand began right behind a lone first byte.
  ///
  /// One of the two is a byte too many, and it may be this frame's: Nonin has the upper bits of the
  /// heart rate in there.
  private var isSuspect = false

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let length = Layout.length(startingWith: bytes[start])
    guard length > 0 else {
      isSuspect = false
      return .drop(1, .stray)
    }
    let available = bytes.count - start
    let whole = min(length, available)
    var count = 1
    while count < whole, Layout.isBody(bytes[start + count]) { count += 1 }
    guard count == whole else {
      isSuspect = count == 1
      return .drop(count, .broken)
    }
    guard available > length || isIdle && available == length else { return .wait }
    let isFollowedWell =
      available == length || Layout.length(startingWith: bytes[start + length]) > 0
    let isGood = isFollowedWell && !isSuspect
    isSuspect = false
    return isGood ? .frame(length, isInDoubt: false) : .drop(length, .broken)
  }
}
