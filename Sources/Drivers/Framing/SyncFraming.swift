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
/// byte early, and a body byte follows. After damage a frame counts only together with a second one
/// right behind it: four bytes in five of another device's talk may look like one frame.
struct SyncFraming<Layout: SyncLayout>: Framing {
  static var idleAfter: Duration { .milliseconds(50) }

  /// Whether the frame at hand began right behind a lone first byte.
  ///
  /// One of the two is a byte too many, and it may be this frame's: Nonin has the upper bits of the
  /// heart rate in there.
  private var isSuspect = false
  /// Whether the bytes before were frames; a fresh stream is taken to begin with one.
  private var isInPlace = true

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let length = Layout.length(startingWith: bytes[start])
    guard length > 0 else {
      (isSuspect, isInPlace) = (false, false)
      return .drop(1, .stray)
    }
    let available = bytes.count - start
    let whole = min(length, available)
    let count = bodyCount(bytes, from: start, atMost: whole)
    guard count == whole else {
      (isSuspect, isInPlace) = (count == 1, false)
      return .drop(count, .broken)
    }
    guard available > length || isIdle && available == length else { return .wait }
    let isLast = available == length
    let isFollowedWell = isLast || Layout.length(startingWith: bytes[start + length]) > 0
    if isFollowedWell, !isInPlace, !isSuspect {
      return judgeFirst(bytes, from: start, length: length, isIdle: isIdle)
    }
    let isGood = isFollowedWell && !isSuspect
    isSuspect = false
    isInPlace = isGood
    return isGood ? .frame(length, isInDoubt: false) : .drop(length, .broken)
  }

  /// A whole frame, the first behind damage.
  private mutating func judgeFirst(
    _ bytes: Span<UInt8>, from start: Int, length: Int, isIdle: Bool
  ) -> Verdict {
    let next = start + length
    let available = bytes.count - next
    guard available > 0 else {
      // Silence: the frame stands alone, and the next one will show the place.
      isInPlace = true
      return .frame(length, isInDoubt: true)
    }
    let nextLength = Layout.length(startingWith: bytes[next])
    let whole = min(nextLength, available)
    if bodyCount(bytes, from: next, atMost: whole) < whole { return .drop(length, .broken) }
    let isWhole =
      available > nextLength
      ? Layout.length(startingWith: bytes[next + nextLength]) > 0
      : isIdle && available == nextLength
    if isWhole {
      isInPlace = true
      return .frame(length, isInDoubt: false)
    }
    return isIdle || available > nextLength ? .drop(length, .broken) : .wait
  }

  /// How many bytes from `start` on are one frame's.
  private func bodyCount(_ bytes: Span<UInt8>, from start: Int, atMost whole: Int) -> Int {
    var count = 1
    while count < whole, Layout.isBody(bytes[start + count]) { count += 1 }
    return count
  }
}
