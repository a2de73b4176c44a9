/// How a rule compares a number with its limit.
enum Comparison: Hashable, Sendable {
  case below(Int)
  case above(Int)
  case atLeast(Int)
  case atMost(Int)
  /// Not under the first and not over the second; never, when they stand the wrong way round.
  case within(Int, Int)

  /// Whether a value violates the rule.
  func isViolated(by value: Int) -> Bool {
    switch self {
    case .below(let limit): value < limit
    case .above(let limit): value > limit
    case .atLeast(let limit): value >= limit
    case .atMost(let limit): value <= limit
    case .within(let lower, let upper): value >= lower && value <= upper
    }
  }

  /// The number that is shown as the limit.
  var limit: Int {
    switch self {
    case .below(let limit), .above(let limit), .atLeast(let limit), .atMost(let limit): limit
    case .within(_, let upper): upper
    }
  }
}
