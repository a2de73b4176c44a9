import Vitals

/// Which of the last 600 seconds had a valid oximeter sample.
struct SecondsRing: Sendable {
  static let span = 600
  private var seconds = [Int64](repeating: .min, count: span)

  /// Marks the seconds from the one in which `first` lies to that of `last`.
  mutating func mark(from first: Instant, through last: Instant) {
    for second in max(first.wholeSecond, last.wholeSecond - Int64(Self.span))...last.wholeSecond {
      seconds[second.ringIndex] = second
    }
  }

  /// Marked seconds in the 600 before `instant`.
  func count(at instant: Instant) -> Int {
    let now = instant.wholeSecond
    return seconds.count { $0 != .min && $0 > now - Int64(Self.span) && $0 <= now }
  }
}

extension Instant {
  fileprivate var wholeSecond: Int64 {
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
