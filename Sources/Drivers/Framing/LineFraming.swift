import Vitals

/// Lines of printable ASCII.
protocol LineLayout: FrameLimit {
  /// What ends a line: LF (a CR in front of it belongs to the end as well), or CR alone.
  static var end: UInt8 { get }
  /// Whether a line, its end left out, can be one of this protocol's: the protocol's stand-in for
  /// a checksum, and as strict as the manual lets it be.
  static func accepts(_ line: Span<UInt8>) -> Bool
}

/// Cuts lines; one that the layout does not accept is damage.
///
/// A frame is the whole line with its end. Empty lines are frames: they say nothing, and nothing
/// is wrong with them.
struct LineFraming<Layout: LineLayout>: Framing {
  typealias Carry = LongWindow<Layout>

  static var idleAfter: Duration { .milliseconds(500) }

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let last = min(bytes.count, start + Layout.longest)
    for index in start..<last {
      let byte = bytes[index]
      if byte == Layout.end {
        let line = bytes.extracting(start..<endOfText(bytes, from: start, to: index))
        let isLine = line.isEmpty || Layout.accepts(line)
        let length = index + 1 - start
        return isLine ? .frame(length, isInDoubt: false) : .drop(length, .broken)
      }
      let isReturn = byte == UInt8(ascii: "\r") && Layout.end == UInt8(ascii: "\n")
      guard isPrintable(byte) || isReturn else {
        return .drop(index + 1 - start, index == start ? .stray : .broken)
      }
    }
    let available = last - start
    return available == Layout.longest || isIdle ? .drop(available, .broken) : .wait
  }

  /// Leaves out the CR in front of an LF.
  private func endOfText(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let hasReturn =
      bytes[end] == UInt8(ascii: "\n") && end > start && bytes[end - 1] == UInt8(ascii: "\r")
    return hasReturn ? end - 1 : end
  }

  private func isPrintable(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }
}
