import Vitals

/// Cuts the line at its flags, `C0` and `C1`, which stand nowhere else.
struct IntelliVueFraming: Framing {
  typealias Carry = LongWindow<Limit>

  /// Header, the longest payload and checksum, every byte of them escaped, between the flags.
  enum Limit: FrameLimit {
    static let longest = 2 + 2 * (4 + IntelliVueFrame.longestPayload + 2)
  }

  static var idleAfter: Duration { .milliseconds(500) }

  /// Bytes of the frame at hand that were looked through before: a frame that comes byte by byte is
  /// not looked through anew with each.
  private var searched = 1

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = min(bytes.count - start, Limit.longest)
    var index = searched
    searched = 1
    guard bytes[start] == IntelliVueFrame.begin else {
      return .drop(strays(bytes, from: start, count: available), .stray)
    }
    if available > 1, bytes[start + 1] != IntelliVueFrame.header[0] { return .drop(1, .stray) }
    while index < available {
      switch bytes[start + index] {
      case IntelliVueFrame.end:
        let length = index + 1
        let isWhole = IntelliVueFrame.isWhole(bytes.extracting(start..<start + length))
        return isWhole ? .frame(length, isInDoubt: false) : .drop(length, .checksum)
      case IntelliVueFrame.begin: return .drop(index, .broken)
      default: index += 1
      }
    }
    guard available < Limit.longest, !isIdle else { return .drop(available, .broken) }
    searched = available
    return .wait
  }

  /// Bytes in front of the next flag that begins a frame.
  private func strays(_ bytes: Span<UInt8>, from start: Int, count: Int) -> Int {
    var strays = 1
    while strays < count, bytes[start + strays] != IntelliVueFrame.begin { strays += 1 }
    return strays
  }
}
