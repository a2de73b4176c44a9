import Vitals

/// A format that a host can select.
protocol NoninFormat: Sendable {
  /// How its frames are cut.
  associatedtype Frames: Framing

  static var format: NoninSelect.Format { get }
  /// Whether a frame can begin with this byte.
  static func couldStart(_ byte: UInt8) -> Bool
}

/// Frames, and between them the answers to our commands: a byte each, which begins no frame of any
/// format.
///
/// An answer stands behind a frame or at the beginning, and a frame or silence follows it; or
/// there is silence at both sides. Anywhere else such a byte is what is left of a frame.
struct NoninFraming<Format: NoninFormat>: Framing {
  typealias Carry = Format.Frames.Carry

  static var idleAfter: Duration { Format.Frames.idleAfter }

  private var frames = Format.Frames()
  private var isInPlace = true

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    if NoninAnswer(rawValue: bytes[start]) != nil {
      guard bytes.count - start > 1 else {
        guard isIdle else { return .wait }
        isInPlace = true
        return .frame(1, isInDoubt: false)
      }
      if isInPlace, Format.couldStart(bytes[start + 1]) { return .frame(1, isInDoubt: false) }
    }
    let verdict = frames.judge(bytes, from: start, isIdle: isIdle)
    switch verdict {
    case .wait: break
    case .frame: isInPlace = true
    case .drop: isInPlace = false
    }
    return verdict
  }
}
