import Monitoring
import Vitals

extension Explanation {
  /// The explanation in a few plain sentences, times in seconds of the timeline.
  public var sentences: [String] {
    [headline] + whyNotEarlier + escalations + origins.compactMap(sentence) + [surroundings]
      + ends
  }

  private var facts: RuleFacts { rule.facts }

  private var headline: String {
    guard let alarm else { return neverRang }
    let wall = raisedOnWall.map { " (\($0))" } ?? ""
    let place = chair == .ward ? "in the ward" : "at chair \(chair)"
    return
      "\(rule.rawValue) (alarm \(alarm.serial)) rang \(place) at \(Self.time(alarm.raised.at))\(wall) "
      + "with priority \(alarm.raised.priority.name): \(cause(of: alarm.raised))."
  }

  /// What was found at a raising or an escalation.
  func cause(of step: AlarmCourse.Step) -> String {
    if rule.isOnPressure { return pressureCause(of: step) }
    let waited = delay.map { Self.seconds($0) } ?? ""
    if let quantity = facts.quantity, let value = step.value, let limit = step.limit {
      return "\(quantity) was \(facts.text(value)), \(facts.relation) the limit of "
        + "\(facts.text(limit)), and every valid second of \(waited) had violated it"
    }
    switch rule {
    case .cuffFailed:
      let failure = failures.last { $0.at <= step.at }
      return facts.condition + (failure.map { " (\($0.why.rawValue))" } ?? "")
        + (step.value.map { ", the \(Self.ordinal($0)) in a row" } ?? "")
    case .pressureOverdue:
      return facts.condition + (dueAt.map { ": due at \(Self.time($0))" } ?? "")
    case .callStop: return facts.condition + (askedBy.map { ": \($0)" } ?? "")
    case .awayLong:
      return facts.condition
        + (circumstances.awaySince.map { " since \(Self.time($0))" } ?? "")
    case .monitoringInterrupted:
      return facts.condition + (step.value.map { " for \($0) s" } ?? "")
    default: return facts.condition + (delay == nil ? "" : " for \(waited)")
    }
  }

  private var neverRang: String {
    let near = moments.filter { $0.violates == nil && $0.isBeyond }
    let place = "at chair \(chair) in this session"
    guard let first = near.first, let last = near.last else {
      return "\(rule.rawValue) did not ring \(place)."
    }
    let flags = Set(near.flatMap(\.quality)).sorted().joined(separator: ", ")
    return "\(rule.rawValue) did not ring \(place). From \(Self.time(first.at)) to "
      + "\(Self.time(last.at)) the device showed \(near.count) numbers beyond the limit that were "
      + "not valid (\(flags)); such a number is never judged."
  }

  private var surroundings: String {
    guard let phase = circumstances.phase else { return "No session was open." }
    var parts = ["The session was in \(phase.rawValue)"]
    if let since = circumstances.phaseSince { parts[0] += " since \(Self.time(since))" }
    if circumstances.isDosePaused { parts.append("the dose was paused") }
    parts.append(circumstances.hold.map { "a \($0.name) hold stood" } ?? "no hold stood")
    parts.append(
      circumstances.awaySince.map { "the patient was away since \(Self.time($0))" }
        ?? "the patient was in the chair")
    parts.append(
      circumstances.audioPausedUntil.map { "the sound was paused until \(Self.time($0))" }
        ?? "the sound was not paused")
    return parts.joined(separator: ", ") + "; policy \(policyID)."
  }

  private func sentence(_ origin: Origin) -> String? {
    guard let field = Policy.field(origin.field) else { return nil }
    let value = "\(field.number(origin.value)) \(field.unit)"
    var text = "\(origin.field) was \(value)"
    if origin.changes.isEmpty {
      text += ", as policy \(policyID) says"
    } else {
      text += ", not \(field.number(origin.policy)) as policy \(policyID) says: "
      text += origin.changes.map { change in
        "changed from \(field.number(change.from)) to \(field.number(change.to)) by \(change.by) "
          + "at \(Self.time(change.at))"
          + (change.reason.map { " (“\($0)”)" } ?? ", no reason given")
      }.joined(separator: ", ")
    }
    return text + derivation(from: origin) + "."
  }

  /// How the limit follows from the baseline.
  private func derivation(from origin: Origin) -> String {
    guard let baseline = circumstances.baseline else { return "" }
    switch origin.field {
    case "pr.low":
      guard let limit, limit < origin.value else { return "" }
      return "; the slow baseline of \(baseline.pulseRate)/min lowered it to \(limit)/min"
    case "spo2.fall":
      return "; with the baseline of \(baseline.spo2) % the limit was \(limit ?? 0) %"
    case "pr.relFactor":
      return "; with the baseline of \(baseline.pulseRate)/min the limit was \(limit ?? 0)/min"
    case "bp.riseSys", "bp.riseDia", "bp.fallToPct":
      let limit = pressureLimits.first { $0.field == origin.field }
      return "; with the baseline of \(baseline.systolic)/\(baseline.diastolic) the limit was "
        + "\(limit?.limit ?? 0) mmHg"
    default: return ""
    }
  }

  private var escalations: [String] {
    guard let alarm else { return [] }
    return alarm.steps.filter { $0.step == .escalated }.map { step in
      let failure = rule == .cuffFailed ? failures.last { $0.at <= step.at } : nil
      let why =
        rule.isOnPressure
        ? pressureCause(of: step)
        : facts.escalation + (failure.map { " (\($0.why.rawValue))" } ?? "")
      let after = Self.seconds(step.at - alarm.raised.at)
      return "It became \(step.priority.name) at \(Self.time(step.at)), \(after) later"
        + (why.isEmpty ? "." : ": \(why).")
    }
  }

  /// Acknowledgement and end.
  private var ends: [String] {
    guard let alarm else { return [] }
    var sentences: [String] = []
    for step in alarm.steps where step.step == .acknowledged {
      sentences.append("\(step.by ?? .system) acknowledged it at \(Self.time(step.at)).")
    }
    if alarm.acknowledgement == nil { sentences.append("Nobody acknowledged it.") }
    for step in alarm.steps {
      switch step.step {
      case .cleared: sentences.append("It cleared at \(Self.time(step.at))\(clearing).")
      case .latched:
        sentences.append(
          "Its condition ended at \(Self.time(step.at))\(clearing); it stayed latched.")
      case .reset:
        sentences.append("It was reset by \(step.by ?? .system) at \(Self.time(step.at)).")
      case .resumed: sentences.append("Its signal was held back until \(Self.time(step.at)).")
      case .raised, .escalated, .acknowledged: break
      }
    }
    if alarm.standing == "active" { sentences.append("At the end of the record it was active.") }
    return sentences
  }

  private var clearing: String {
    guard let clear, clear > .zero else { return "" }
    return " after \(Self.seconds(clear)) of good seconds"
  }

  static func time(_ instant: Instant) -> String { "\(Seconds.short(instant)) s" }

  /// A length of time, such as `3 s` or `0.5 s`.
  static func seconds(_ duration: Duration) -> String {
    let text = Seconds.short(.zero + duration)
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " s"
  }

  private static func ordinal(_ number: Int) -> String {
    ["first", "second", "third"].indices.contains(number - 1)
      ? ["first", "second", "third"][number - 1] : "\(number)th"
  }
}
