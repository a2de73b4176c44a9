/// What a policy must hold to be usable, beyond each value's own range.
public struct PolicyProblem: Hashable, Sendable, CustomStringConvertible {
  /// The value's name in the file.
  public let field: String
  /// The other value of a pair in the wrong order.
  public let other: String?
  /// What is wrong and what to do.
  public let complaint: String

  public var description: String { "\(field): \(complaint)" }
}

extension Policy {
  /// Pairs that must stay ordered with a gap, so that no limit hides the one beside it
  /// (`clinical.md` 3.5: at least 2 points SpO2, 5 mmHg, 5 beats).
  private static var ordered: [(lower: String, upper: String, gap: Int)] {
    [
      ("spo2.veryLow", "spo2.low", 2),
      ("pr.veryLow", "pr.low", 5),
      ("pr.low", "pr.high", 5),
      ("pr.high", "pr.veryHigh", 5),
      ("rr.veryLow", "rr.low", 2),
      ("bp.veryLowSys", "bp.lowSys", 5),
      ("bp.lowSys", "bp.elevSys", 5),
      ("bp.elevSys", "bp.critSys", 5),
      ("bp.elevDia", "bp.critDia", 5),
      ("bp.veryLowMap", "bp.lowMap", 5),
      ("bp.lowMap", "bp.highMap", 5),
      ("tech.signalPoorLow", "tech.signalPoorMed", 1),
      ("tech.frozenLow", "tech.frozenMed", 1),
      ("tech.bpOverdueLow", "tech.bpOverdueMed", 1),
      ("observation.min", "observation.ivMinutes", 0),
      ("observation.ivMinutes", "observation.max", 0),
    ]
  }

  /// Everything wrong with this policy; empty when it may be used.
  public var problems: [PolicyProblem] {
    var found: [PolicyProblem] = []
    for field in Self.fields where !field.allowed.contains(self[keyPath: field.path]) {
      found.append(
        PolicyProblem(
          field: field.name, other: nil,
          complaint: "\(field.text(self)) is outside \(field.allowedText); choose a value inside"))
    }
    return found + orderProblems
  }

  /// Limits that stand too close to each other, or in the wrong order.
  var orderProblems: [PolicyProblem] {
    var found: [PolicyProblem] = []
    for pair in Self.ordered {
      guard let lower = Self.field(pair.lower), let upper = Self.field(pair.upper) else { continue }
      if self[keyPath: lower.path] + pair.gap > self[keyPath: upper.path] {
        found.append(
          PolicyProblem(
            field: pair.lower, other: pair.upper,
            complaint:
              "\(lower.text(self)) must be at least \(pair.gap) below \(pair.upper), which is \(upper.text(self))"
          ))
      }
    }
    return found
  }
}

extension PolicyField {
  /// The value as a file gives it, with its unit.
  public func text(_ policy: Policy) -> String {
    "\(number(policy[keyPath: path])) \(unit)"
  }

  /// The value as a file gives it, without its unit.
  public func number(_ policy: Policy) -> String { number(policy[keyPath: path]) }

  /// The allowed range as a person reads it.
  public var allowedText: String {
    "\(number(allowed.lowerBound))…\(number(allowed.upperBound)) \(unit)"
  }

  /// A value of this field as a file gives it: kept as 130, given as `1.30`.
  public func number(_ value: Int) -> String {
    guard scale > 1 else { return "\(value)" }
    let (whole, rest) = value.quotientAndRemainder(dividingBy: scale)
    let digits = "\(scale + rest)".dropFirst()
    return "\(whole).\(digits)"
  }
}
