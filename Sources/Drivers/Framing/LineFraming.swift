import Vitals

/// Lines of printable ASCII.
protocol LineLayout: FrameLimit {
  /// What ends a line: LF, as a rule behind a CR; or CR alone.
  static var end: UInt8 { get }
  /// Whether a line, its end left out, can be one of this protocol's: the protocol's stand-in for
  /// a checksum, and as strict as the manual lets it be.
  static func accepts(_ line: Span<UInt8>) -> Bool
}

/// Cuts lines; one that the layout does not accept is damage.
///
/// A frame is the whole line with its end. Where lines end with CR and LF either of them will do,
/// so that a lost one does not join two lines. Empty lines are frames: they say nothing, and nothing
/// is wrong with them.
struct LineFraming<Layout: LineLayout>: Framing {
  typealias Carry = LongWindow<Layout>

  static var idleAfter: Duration { .milliseconds(500) }

  private static var carriageReturn: UInt8 { 0x0D }

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let last = min(bytes.count, start + Layout.longest)
    for index in start..<last {
      let byte = bytes[index]
      if byte == Layout.end {
        return verdict(bytes, from: start, to: index, end: index + 1)
      }
      if byte == Self.carriageReturn {
        // Behind the longest line there is no room to look for the LF: it will be an empty line.
        let isLongest = last - start == Layout.longest
        guard index + 1 < last || isIdle || isLongest else { return .wait }
        let hasEnd = index + 1 < last && bytes[index + 1] == Layout.end
        return verdict(bytes, from: start, to: index, end: hasEnd ? index + 2 : index + 1)
      }
      guard (0x20...0x7E).contains(byte) else {
        return .drop(index + 1 - start, index == start ? .stray : .broken)
      }
    }
    let available = last - start
    return available == Layout.longest || isIdle ? .drop(available, .broken) : .wait
  }

  /// A line whose text ends at `stop`, and whose last byte stands before `end`.
  private func verdict(
    _ bytes: Span<UInt8>, from start: Int, to stop: Int, end: Int
  ) -> Verdict {
    let line = bytes.extracting(start..<stop)
    let isLine = line.isEmpty || Layout.accepts(line)
    return isLine ? .frame(end - start, isInDoubt: false) : .drop(end - start, .broken)
  }
}
