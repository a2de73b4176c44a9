import Vitals

/// The envelope of an HL7 message: `0B message 1C 0D` (`clinical.md` 5.5).
enum MLLP {
  static let start: UInt8 = 0x0B
  static let end: [2 of UInt8] = [0x1C, 0x0D]

  /// A message in its envelope.
  static func wrap(_ message: [UInt8]) -> [UInt8] { [start] + message + [end[0], end[1]] }
}

/// How long a message may get: a monitor's numerics take 2 to 6 kB.
enum MLLPLimit: FrameLimit {
  static var longest: Int { 65_536 }
}

/// Cuts HL7 messages out of their envelopes.
///
/// There is no checksum, so a frame is only what has both ends, no control byte inside, a header
/// that parses and nothing but segments. A start inside a message begins a new one, and what never
/// ends is damage when it reaches the limit.
struct MLLPFraming: Framing {
  typealias Carry = LongWindow<MLLPLimit>

  /// A TCP segment that was lost comes again within a second or two.
  static var idleAfter: Duration { .seconds(3) }

  /// How much of the message at hand was looked at before, so that drips cost no more than gulps.
  private var scanned = 1

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    guard bytes[start] == MLLP.start else {
      return .drop(strayBytes(bytes, from: start), .stray)
    }
    let limit = min(bytes.count, start + MLLPLimit.longest)
    var index = start + scanned
    while index < limit, isText(bytes[index]) { index += 1 }
    if index < limit, bytes[index] != MLLP.end[0] {
      scanned = 1
      return .drop(index - start, .broken)
    }
    guard index + 1 < limit else {
      scanned = index - start
      guard isIdle || limit - start == MLLPLimit.longest else { return .wait }
      scanned = 1
      return .drop(limit - start, .broken)
    }
    scanned = 1
    guard bytes[index + 1] == MLLP.end[1] else { return .drop(index + 1 - start, .broken) }
    let length = index + 2 - start
    return isMessage(bytes.extracting(start + 1..<index))
      ? .frame(length, isInDoubt: false) : .drop(length, .broken)
  }

  private func strayBytes(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != MLLP.start { index += 1 }
    return index - start
  }

  /// Anything of a character set that keeps ASCII, with the line ends and the tab.
  private func isText(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20...0x7E, 0x80...0xFF, 0x09, 0x0A, 0x0D: true
    default: false
    }
  }

  private func isMessage(_ text: Span<UInt8>) -> Bool {
    guard let header = HL7Header(text) else { return false }
    var segments = HL7Segments()
    while let segment = segments.next(in: text) {
      guard header.separators.isSegment(text, segment) else { return false }
    }
    return true
  }
}
