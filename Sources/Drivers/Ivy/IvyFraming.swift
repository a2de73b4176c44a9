import Vitals

/// Where things are in a frame of the Ivy 450C's "Ansar-B" output.
///
/// Layout: `protocols.md` 3.3.
enum IvyLayout: FrameLimit {
  static let header: StaticString = "ANSAR-B "
  static let start: UInt8 = 0xFF
  static let end: UInt8 = 0xFE
  /// Samples of ECG, respiration, pleth and two pressures.
  static let waves = 9..<409
  /// Far more text than the nine lines we know of.
  static var longest: Int { 900 }
}

/// Cuts frames of `FF`, a header, 400 bytes of waves, lines of text, `FE`.
///
/// Samples may have any value, also `FF` and `FE`: they are skipped by their number. There is no
/// checksum; the form of the text stands in for one, and it fits only in its place.
struct IvyFraming: Framing {
  typealias Carry = LongWindow<IvyLayout>

  static var idleAfter: Duration { .milliseconds(500) }

  /// Whether what is being dropped began as a frame.
  private var isBroken = false

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard couldStart(bytes, at: start) else {
      return .drop(toNextStart(bytes, from: start), isBroken ? .broken : .stray)
    }
    let last = min(available, IvyLayout.longest)
    var length = IvyLayout.waves.upperBound
    while length < last, isText(bytes[start + length]) { length += 1 }
    guard length < last else {
      guard isIdle || available >= IvyLayout.longest else { return .wait }
      return drop(bytes, from: start)
    }
    let frame = bytes.extracting(start..<start + length + 1)
    guard bytes[start + length] == IvyLayout.end, IvyFrame(frame) != nil else {
      return drop(bytes, from: start)
    }
    isBroken = false
    return .frame(length + 1, isInDoubt: false)
  }

  private mutating func drop(_ bytes: Span<UInt8>, from start: Int) -> Verdict {
    isBroken = true
    return .drop(toNextStart(bytes, from: start), .broken)
  }

  /// Whether the bytes, as far as they are there, begin a frame.
  private func couldStart(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    guard bytes[start] == IvyLayout.start else { return false }
    let there = min(bytes.count - start - 1, IvyLayout.header.utf8CodeUnitCount)
    return IvyLayout.header.withUTF8Buffer { header in
      for index in 0..<there where unsafe bytes[start + 1 + index] != header[index] {
        return false
      }
      return true
    }
  }

  private func toNextStart(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var next = start + 1
    while next < bytes.count, bytes[next] != IvyLayout.start { next += 1 }
    return next - start
  }

  private func isText(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || byte == UInt8(ascii: "\r")
  }
}
