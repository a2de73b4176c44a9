import Vitals

/// Which of the last 600 seconds had a valid oximeter sample; seconds are counted from an instant that a
/// recording has as well, so that they are the same ones whenever it is replayed.
struct SecondsRing: Sendable {
  static let span = 600
  private var seconds = [Int64](repeating: .min, count: span)
  private let origin: Instant

  init(from origin: Instant = .zero) { self.origin = origin }

  /// Marks the seconds from the one in which `first` lies to that of `last`.
  mutating func mark(from first: Instant, through last: Instant) {
    let (first, last) = (second(of: first), second(of: last))
    for second in max(first, last - Int64(Self.span))...last {
      seconds[second.ringIndex] = second
    }
  }

  /// Marked seconds in the 600 before `instant`.
  func count(at instant: Instant) -> Int {
    let now = second(of: instant)
    return seconds.count { $0 != .min && $0 > now - Int64(Self.span) && $0 <= now }
  }

  private func second(of instant: Instant) -> Int64 {
    let nanoseconds = (instant - origin).nanoseconds
    let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension Int64 {
  fileprivate var ringIndex: Int {
    let index = Int(self % Int64(SecondsRing.span))
    return index < 0 ? index + SecondsRing.span : index
  }
}
