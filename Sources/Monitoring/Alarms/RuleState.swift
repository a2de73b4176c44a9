public import Vitals

/// Where the condition of one alarm stands, for whoever explains it.
///
/// Nothing that is decided looks at this.
public struct RuleState: Hashable, Sendable {
  /// The delay, the freezing and the clearing of a condition (`clinical.md` 2.2).
  public enum Condition: Hashable, Sendable {
    case inactive
    /// Violated; raised at `until` unless something good comes before.
    case delaying(until: Instant)
    /// Nothing valid is measured: so much of the delay is left, kept until `forgottenAt`.
    case frozen(remaining: Duration, forgottenAt: Instant)
    case active
    /// Good; over at `until` unless it is violated again before.
    case clearing(until: Instant)
  }

  public let condition: Condition
  /// The alarm that stands, active or latched.
  public let alarm: Alarm?
  /// The number that a sample is compared with; `nil` for what is found rather than measured.
  public let limit: Int?
  /// How long the condition must stand before it is raised; `nil` for what is found.
  public let delay: Duration?
  /// How long it must be good before it is over; `nil` for what is found.
  public let clear: Duration?
}

/// What one oximeter sample says to one rule.
public struct SampleFinding: Hashable, Sendable {
  /// The number that the rule looks at, in its unit; `nil` where the sample has none to judge.
  public let value: Int?
  /// `nil` when the sample cannot tell.
  public let violates: Bool?
}

extension ChairMonitor {
  /// Where the condition of this alarm stands.
  public func state(of id: AlarmID) -> RuleState { alarms.state(of: id) }

  /// What a sample says to this rule, with the limits in force; `nil` for a rule that looks at no
  /// sample.
  public func finding(of id: AlarmID, in sample: OximeterReading) -> SampleFinding? {
    alarms.rules.first { $0.id == id }.map {
      SampleFinding(value: $0.value(sample), violates: $0.judge(sample))
    }
  }
}

extension AlarmMonitor {
  fileprivate func state(of id: AlarmID) -> RuleState {
    let slot = slots[id.index]
    let rule = rules.first { $0.id == id }
    let isSilence = id == .noData
    let condition: RuleState.Condition =
      if rule == nil, !isSilence {
        slot.alarm?.presence == .active ? .active : .inactive
      } else {
        RuleState.Condition(slot.condition.state)
      }
    return RuleState(
      condition: condition, alarm: slot.alarm, limit: rule?.limit,
      delay: isSilence ? .seconds(policy.technical.noDataSeconds) : rule?.delay,
      clear: isSilence ? .zero : rule?.clear)
  }
}

extension RuleState.Condition {
  fileprivate init(_ state: DelayedCondition.State) {
    self =
      switch state {
      case .inactive: .inactive
      case .pending(let due): .delaying(until: due)
      case .frozen(let remaining, let forgetAt):
        .frozen(remaining: remaining, forgottenAt: forgetAt)
      case .active: .active
      case .clearing(let due): .clearing(until: due)
      }
  }
}
