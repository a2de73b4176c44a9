public import Vitals

/// Instants as text: decimal seconds on a millisecond grid.
public enum Seconds {
  /// `946.0`, `12.345`, `-0.5`: at least one decimal, no more than needed.
  public static func short(_ instant: Instant) -> String {
    let text = fixed(instant)
    let trimmed = text.reversed().drop { $0 == "0" }
    let short = String(trimmed.reversed())
    return short.hasSuffix(".") ? short + "0" : short
  }

  /// `+946.000`, `-0.500`: signed, three decimals, as recordings write it.
  public static func signed(_ instant: Instant) -> String {
    instant < .zero ? fixed(instant) : "+" + fixed(instant)
  }

  private static func fixed(_ instant: Instant) -> String {
    let magnitude = instant.milliseconds.magnitude
    let millis = String(magnitude % 1000)
    let sign = instant.milliseconds < 0 ? "-" : ""
    return sign + "\(magnitude / 1000)."
      + String(repeating: "0", count: 3 - millis.count) + millis
  }

  /// Reads `12`, `+12.5` or `-0.016`; `nil` for anything else, finer than a millisecond, or of more
  /// than nine digits, which is 31 years.
  public static func parse(_ text: some StringProtocol) -> Instant? {
    var digits = Substring(text)
    let isNegative = digits.hasPrefix("-")
    if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, (1...9).contains(whole.utf8.count), isDigits(whole),
      let seconds = Int64(whole)
    else { return nil }
    var millis: Int64 = 0
    if parts.count == 2 {
      guard (1...3).contains(parts[1].utf8.count), isDigits(parts[1]),
        let fraction = Int64(parts[1])
      else { return nil }
      millis = fraction * [100, 10, 1][parts[1].utf8.count - 1]
    }
    let total = seconds * 1000 + millis
    return .milliseconds(isNegative ? -total : total)
  }

  private static func isDigits(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (48...57).contains($0) }
  }
}
