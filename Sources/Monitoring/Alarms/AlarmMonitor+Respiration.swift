import Vitals

/// The rules on breathing (`clinical.md` 2.2), for the two kinds of source there are.
///
/// A monitor's rate is a flow: delays and clearing times hold, and a rate is current for 10 s. A
/// rate that a person has counted is a finding over half a minute: it raises and clears at once, as
/// a blood pressure does, and stands until the next one, however old; age alone clears nothing.
/// An alarm on breathing therefore does not end with its acknowledgement when the source is gone.
extension AlarmMonitor {
  /// Rates are means over many seconds, and come rarely; older than this one is not current.
  static let respirationKeepsFor = Duration.seconds(10)

  /// Judges a rate that flows.
  mutating func judge(
    _ rate: RespirationRate, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard scope != .off, !isAway else { return }
    respirationStaleAt = now + Self.respirationKeepsFor
    for rule in respirationRules {
      let violates = note(rate, rule)
      observe(rule.id, violates, delay: rule.delay, clear: rule.clear, at: now, emit: emit)
    }
  }

  /// Judges a rate that a person has counted.
  mutating func judge(
    counted rate: RespirationRate, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard scope != .off else { return }
    for rule in respirationRules {
      let violates = note(rate, rule)
      if let change = slots[rule.id.index].condition.settle(violates) {
        apply(change, to: rule.id, at: now, emit: emit)
      }
    }
  }

  /// The last rate is too old to go on counting.
  mutating func loseRespiration(at now: Instant, emit: (Instant, Output) -> Void) {
    respirationStaleAt = nil
    for rule in respirationRules {
      observe(rule.id, nil, delay: rule.delay, clear: rule.clear, at: now, emit: emit)
    }
  }

  private mutating func note(_ rate: RespirationRate, _ rule: ContinuousRule) -> Bool {
    let violates = rule.comparison?.isViolated(by: rate.perMinute) == true
    if violates { slots[rule.id.index].value = rate.perMinute }
    return violates
  }
}
