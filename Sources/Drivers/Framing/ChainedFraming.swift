import Vitals

/// Frames of five bytes with a checksum in the last and no first byte that is theirs alone.
protocol ChainedLayout: Sendable {
  /// Whether the first byte, and the second if it is there, can begin a frame.
  static func couldStart(_ bytes: Span<UInt8>, at start: Int) -> Bool
  /// Whether the five bytes are a frame with a good checksum.
  static func passes(_ bytes: Span<UInt8>, at start: Int) -> Bool
}

/// Frames that vouch for each other: an 8-bit checksum alone passes by chance too often.
///
/// A frame counts when the next one passes as well. When the next one fails, either it is damaged
/// and this one good, or this one is a fluke: then two frames in a row pass nearby.
struct ChainedFraming<Layout: ChainedLayout>: Framing {
  static var idleAfter: Duration { .milliseconds(50) }
  private static var length: Int { 5 }
  /// Where the next true frames lie when a byte was lost from what looks like a frame (1...4), or
  /// came too many into it (6).
  private static var betterPlaces: [5 of Int] { [1, 2, 3, 4, 6] }
  /// Bytes to see before a doubtful frame can be judged: two frames from the last better place on.
  private static var reach: Int { 6 + 2 * length }

  /// A fresh stream is taken to begin with a frame.
  private var isLocked = true
  /// Found while judging the frame before.
  private var isKnownToPass = false

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard available >= Self.length else { return .wait }
    let passes = isKnownToPass || Layout.passes(bytes, at: start)
    isKnownToPass = false
    guard passes else {
      isLocked = false
      return .drop(1, .checksum)
    }
    let next = start + Self.length
    if available >= 2 * Self.length, Layout.passes(bytes, at: next) {
      isLocked = true
      isKnownToPass = true
      return .frame(Self.length, isInDoubt: false)
    }
    return isLocked
      ? judgeLast(bytes, from: start, isIdle: isIdle)
      : judgeLone(bytes, from: start, isIdle: isIdle)
  }

  /// A frame in its place whose successor is damaged, or not all there yet.
  private func judgeLast(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard isIdle || available >= Self.reach else { return .wait }
    if available < 2 * Self.length, Layout.couldStart(bytes, at: start + Self.length) {
      return .frame(Self.length, isInDoubt: false)
    }
    for index in Self.betterPlaces.indices {
      let place = Self.betterPlaces[index]
      if isChain(bytes, from: start + place, isIdle: isIdle) { return .drop(place, .checksum) }
    }
    return .frame(Self.length, isInDoubt: true)
  }

  /// A frame found while looking for the place, whose successor does not pass.
  private mutating func judgeLone(
    _ bytes: Span<UInt8>, from start: Int, isIdle: Bool
  ) -> Verdict {
    guard bytes.count - start < 2 * Self.length else { return .drop(1, .checksum) }
    guard isIdle, isChain(bytes, from: start, isIdle: true) else { return .wait }
    isLocked = true
    return .frame(Self.length, isInDoubt: true)
  }

  /// Whether a frame passes here and the next one too, or as much of it as came before silence.
  private func isChain(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Bool {
    let available = bytes.count - start
    guard available >= Self.length, Layout.passes(bytes, at: start) else { return false }
    let next = start + Self.length
    return available >= 2 * Self.length
      ? Layout.passes(bytes, at: next) : isIdle && Layout.couldStart(bytes, at: next)
  }
}
