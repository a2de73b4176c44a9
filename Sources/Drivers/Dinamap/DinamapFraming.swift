import Vitals

/// Cuts the Dinamap's lines; a lost CR costs neither the line it ended nor the next one.
struct DinamapFraming: Framing {
  typealias Carry = LongWindow<DinamapLine>

  static var idleAfter: Duration { LineFraming<DinamapLine>.idleAfter }

  /// What every line begins with.
  private static let first = UInt8(ascii: " ")

  private let lines = LineFraming<DinamapLine>()

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let verdict = lines.judge(bytes, from: start, isIdle: isIdle)
    guard case .drop(let length, let cause) = verdict else { return verdict }
    var next: Int?
    for index in start + 1..<max(start + 1, start + length) where bytes[index] == Self.first {
      if DinamapLine.accepts(bytes.extracting(start..<index)) {
        return .frame(index - start, isInDoubt: false)
      }
      next = next ?? index
    }
    return .drop(next.map { $0 - start } ?? length, cause)
  }
}
