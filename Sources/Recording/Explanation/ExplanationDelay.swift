import Monitoring
import Vitals

/// Why an alarm did not ring earlier.
extension Explanation {
  /// At most so many earlier beginnings of the delay are told one by one.
  private static let attemptsTold = 3

  /// One running of the delay, until it was raised or given up.
  private struct Attempt {
    let begun: Instant
    var turns: [Turn]
  }

  /// What kept the alarm from ringing before it did, or at all.
  var whyNotEarlier: [String] {
    if rule.isOnPressure { return pressureBefore }
    if rule == .pressureOverdue { return overdue }
    guard let delay else {
      return alarm == nil
        ? [] : ["It did not ring earlier since it is found at once, without a delay."]
    }
    var attempts = self.attempts
    var sentences: [String] = []
    if let alarm, let last = attempts.popLast() { sentences = told(last, alarm, delay) }
    if alarm != nil, sentences.isEmpty {
      sentences = ["It did not ring earlier since its condition began then; the delay is 0 s."]
    }
    if attempts.count > Self.attemptsTold {
      sentences.append(
        "The delay had begun \(attempts.count) times before without coming to an alarm; the last "
          + "\(Self.attemptsTold) were:")
    }
    return sentences + attempts.suffix(Self.attemptsTold).map(given)
  }

  private var attempts: [Attempt] {
    var attempts: [Attempt] = []
    for turn in turns where alarm.map({ turn.at <= $0.raised.at }) != false {
      if case .delayStarted = turn.kind {
        attempts.append(Attempt(begun: turn.at, turns: []))
      } else if !attempts.isEmpty {
        attempts[attempts.count - 1].turns.append(turn)
      }
    }
    return attempts
  }

  /// The delay that ended with the alarm.
  private func told(_ attempt: Attempt, _ alarm: AlarmCourse, _ delay: Duration) -> [String] {
    var first =
      rule == .noData
      ? "The last frame came at \(Self.time(attempt.begun)), and silence is an alarm after "
        + "\(Self.seconds(delay))"
      : "It did not ring earlier since the first violating second was at "
        + "\(Self.time(attempt.begun)), and the rule waits for \(Self.seconds(delay))"
    if let before = moments.last(where: { $0.at < attempt.begun }), rule != .noData {
      first += "; at \(Self.time(before.at)) there was \(Self.said(before, rule.facts))"
    }
    return [first + "."] + pauses(of: attempt)
  }

  /// Where the delay stood still.
  private func pauses(of attempt: Attempt) -> [String] {
    attempt.turns.enumerated().compactMap { index, turn in
      guard case .frozen(let flags, let remaining) = turn.kind else { return nil }
      let rest = attempt.turns.dropFirst(index + 1).first
      guard case .resumed(let until) = rest?.kind else { return nil }
      return
        "From \(Self.time(turn.at)) to \(Self.time(rest?.at ?? turn.at)) the delay stood still "
        + "with \(Self.seconds(remaining)) left, since no sample was valid "
        + "(\(flags.joined(separator: ", "))); from then on it ran until \(Self.time(until))."
    }
  }

  /// A delay that came to nothing.
  private func given(_ attempt: Attempt) -> String {
    let begun = "The delay that began at \(Self.time(attempt.begun)) "
    for turn in attempt.turns {
      switch turn.kind {
      case .good(let value):
        return begun + "ended at \(Self.time(turn.at)) with a good second"
          + (value.map { " (\(rule.facts.text($0)))." } ?? ".")
      case .forgotten:
        return begun
          + "was forgotten at \(Self.time(turn.at)), 10 s after the last valid sample."
      case .dropped:
        return begun + "was dropped at \(Self.time(turn.at)), where nothing was judged any more."
      default: break
      }
    }
    return begun + "had not ended."
  }

  private var overdue: [String] {
    guard let alarm, let dueAt else { return [] }
    let allowed = origins.first { $0.field == "tech.bpOverdueLow" }?.value ?? 0
    var sentences = [
      "It did not ring earlier since a reading that was due at \(Self.time(dueAt)) may come "
        + "\(allowed) s late, until \(Self.time(dueAt + .seconds(allowed)))."
    ]
    for wait in waits where wait.from < alarm.raised.at && (wait.until ?? .zero) > dueAt {
      let what = wait.reason == .away ? "the patient was away" : "a determination was running"
      sentences.append(
        "The clock waited while \(what), from \(Self.time(wait.from)) to "
          + "\(Self.time(wait.until ?? alarm.raised.at)).")
    }
    return sentences
  }

  /// `88 %, not violating`, `83 %, not valid (artifact)`.
  static func said(_ moment: Moment, _ facts: RuleFacts) -> String {
    let value = moment.value.map(facts.text) ?? "no violation"
    switch moment.violates {
    case false: return moment.value == nil ? value : "\(value), which does not violate it"
    case true: return value
    case nil: return "no valid sample (\(moment.quality.joined(separator: ", ")))"
    }
  }
}
