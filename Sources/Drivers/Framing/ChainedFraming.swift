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
/// A frame counts when the next two pass as well. When one of them fails, either that one is
/// damaged and this one good, or this one is a fluke: then a row of frames passes nearby.
struct ChainedFraming<Layout: ChainedLayout>: Framing {
  static var idleAfter: Duration { .milliseconds(50) }
  private static var length: Int { 5 }
  /// Where the next true frames lie when a byte was lost from what looks like a frame (1...4), or
  /// came too many into it (6).
  private static var betterPlaces: [5 of Int] { [1, 2, 3, 4, 6] }
  /// Bytes to see before a doubtful frame can be judged: a row from the last better place on.
  private static var reach: Int { 6 + 3 * length }

  /// A fresh stream is taken to begin with a frame.
  private var isLocked = true
  /// Frames from here on that are known to pass from judging the one before.
  private var known = 0

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard available >= Self.length else { return .wait }
    let row = passing(bytes, from: start)
    if row == 3 {
      isLocked = true
      known = 2
      return .frame(Self.length, isInDoubt: false)
    }
    known = 0
    guard row > 0 else {
      isLocked = false
      return .drop(1, .checksum)
    }
    return isLocked
      ? judgeLast(bytes, from: start, row: row, isIdle: isIdle)
      : judgeLone(bytes, from: start, row: row, isIdle: isIdle)
  }

  /// A frame in its place, with a damaged one close behind it, or not all there yet.
  private func judgeLast(
    _ bytes: Span<UInt8>, from start: Int, row: Int, isIdle: Bool
  ) -> Verdict {
    if isRow(bytes, from: start, isIdle: isIdle) {
      return .frame(Self.length, isInDoubt: false)
    }
    guard isIdle || bytes.count - start >= Self.reach else { return .wait }
    for index in Self.betterPlaces.indices {
      let place = Self.betterPlaces[index]
      if isRow(bytes, from: start + place, isIdle: isIdle) { return .drop(place, .checksum) }
    }
    return .frame(Self.length, isInDoubt: row < 2)
  }

  /// A frame found while looking for the place.
  private mutating func judgeLone(
    _ bytes: Span<UInt8>, from start: Int, row: Int, isIdle: Bool
  ) -> Verdict {
    guard bytes.count - start < (row + 1) * Self.length else { return .drop(1, .checksum) }
    guard isRow(bytes, from: start, isIdle: isIdle) else {
      return isIdle ? .drop(1, .checksum) : .wait
    }
    isLocked = true
    return .frame(Self.length, isInDoubt: true)
  }

  /// Whether three frames pass from here on, or as many as came whole before silence.
  private func isRow(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Bool {
    var next = start
    for _ in 0..<3 {
      guard bytes.count - next >= Self.length else {
        return isIdle && next > start && Layout.couldStart(bytes, at: next)
      }
      guard Layout.passes(bytes, at: next) else { return false }
      next += Self.length
    }
    return true
  }

  /// How many frames in a row pass, as far as they are there; three are enough.
  private func passing(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var row = known
    while row < 3 {
      let next = start + row * Self.length
      guard bytes.count - next >= Self.length, Layout.passes(bytes, at: next) else { break }
      row += 1
    }
    return row
  }
}
