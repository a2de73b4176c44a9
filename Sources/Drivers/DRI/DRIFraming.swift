import Vitals

/// Cuts the line at its flags; each frame has one at either end.
///
/// The flag that ends what is no frame may begin one, and is looked at again.
struct DRIFraming: Framing {
  typealias Carry = LongWindow<Limit>

  /// The longest record, 40 bytes of header and 1450 of data, and its checksum, every byte of them
  /// escaped, between the flags.
  enum Limit: FrameLimit {
    static let longest = 2 + 2 * (DRIRecord.headerLength + 1450 + 1)
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
    let isFrame = bytes[start] == DRIFrame.flag
    while index < available, bytes[start + index] != DRIFrame.flag { index += 1 }
    guard isFrame else { return .drop(index, .stray) }
    if index < available {
      let frame = bytes.extracting(start..<start + index + 1)
      if DRIFrame.isWhole(frame) { return .frame(index + 1, isInDoubt: false) }
      // Two flags in a row are the end of one frame and the beginning of the next.
      return .drop(index, index == 1 ? .stray : .checksum)
    }
    guard available < Limit.longest, !isIdle else { return .drop(available, .broken) }
    searched = available
    return .wait
  }
}
