import Monitoring
public import Vitals
import Ward

extension Explanation {
  /// Explains an alarm of the chair's latest session in a recording.
  ///
  /// - Throws: ``ExplanationError`` when the recording has no such chair or no such alarm.
  public init(
    _ recording: Recording, chair: ChairID, subject: Subject
  ) throws(ExplanationError) {
    let courses = AlarmCourses(recording)
    let latest = courses.latest(of: chair)
    let alarm = try Self.alarm(subject, among: latest, of: chair, in: recording)
    let rule: AlarmID
    switch (subject, alarm) {
    case (_, let alarm?): rule = alarm.id
    case (.rule(let id), nil): rule = id
    case (.alarm(let serial), nil):
      throw ExplanationError("chair \(chair) has no alarm \(serial)")
    }
    var witness = ExplanationWitness(
      chair: chair, rule: rule, session: courses.sessions(of: chair), raisedAt: alarm?.raised.at)
    Replay(recording).drive(observe: { witness.observe($0, at: $1) }) { witness.take($0, $1) }
    let before = latest.last { $0.id == rule && $0.serial < alarm?.serial ?? .max }
    self.init(
      witness, recording, chair, rule, alarm, since: alarm == nil ? nil : before?.endedAt)
  }

  private static func alarm(
    _ subject: Subject, among latest: [AlarmCourse], of chair: ChairID, in recording: Recording
  ) throws(ExplanationError) -> AlarmCourse? {
    let chairs = recording.plan.chairs.map(\.id)
    guard chair == .ward || chairs.contains(chair) else {
      throw ExplanationError(
        "there is no chair \(chair) in this recording; it has "
          + chairs.map(\.name).joined(separator: ", "))
    }
    switch subject {
    case .rule(let id): return latest.last { $0.id == id }
    case .alarm(let serial):
      if let alarm = latest.first(where: { $0.serial == serial }) { return alarm }
      let there = latest.map { "\($0.serial) \($0.id.rawValue)" }.joined(separator: ", ")
      throw ExplanationError(
        "the latest session of chair \(chair) has no alarm \(serial); "
          + (there.isEmpty ? "it has none" : "it has \(there)"))
    }
  }

  private init(
    _ witness: ExplanationWitness, _ recording: Recording, _ chair: ChairID, _ rule: AlarmID,
    _ alarm: AlarmCourse?, since: Instant?
  ) {
    self.chair = chair
    self.rule = rule
    self.alarm = alarm
    policyID = recording.policyID
    startedAt = recording.startedAt
    raisedOnWall = alarm.map {
      recording.startedAt + ($0.raised.at - .zero) + .milliseconds(witness.steppedByRaising)
    }
    let scene = witness.scene
    let policy = scene?.policy ?? recording.plan.policy
    circumstances =
      scene?.circumstances
      ?? Circumstances(
        phase: nil, phaseSince: nil, hold: nil, isDosePaused: false, awaySince: nil,
        audioPausedUntil: nil, baseline: nil)
    origins = Self.origins(of: rule, policy, recording.plan.policy, witness.changes)
    pressureLimits = PressureLimit.all(of: rule, policy.pressure, circumstances.baseline)
    limit = scene?.state.limit
    delay = scene?.state.delay
    clear = scene?.state.clear
    let turns = Self.turns(witness.turns, alarm, since: since)
    self.turns = turns
    moments = Self.window(of: witness.moments, turns, alarm, rule)
    failures = witness.failures.filter { $0.at <= alarm?.steps.last?.at ?? $0.at }
    dueAt = rule == .pressureOverdue ? scene?.dueAt : nil
    let due = dueAt
    waits =
      rule == .pressureOverdue
      ? witness.waits.filter { wait in
        guard let due, let alarm else { return true }
        return wait.from <= alarm.steps[alarm.steps.count - 1].at
          && wait.until.map { $0 > due } != false
      } : []
    askedBy = alarm.flatMap { Self.whoAsked(for: $0, in: recording) }
  }

  private static func origins(
    of rule: AlarmID, _ policy: Policy, _ unit: Policy, _ changes: [String: [Origin.Change]]
  ) -> [Origin] {
    (rule.facts.limits + rule.facts.delays).compactMap(Policy.field).map { field in
      Origin(
        field: field.name, value: policy[keyPath: field.path], policy: unit[keyPath: field.path],
        changes: changes[field.name] ?? [])
    }
  }

  /// The turns of the condition and the steps of the alarm, as they came.
  private static func turns(
    _ turns: [Turn], _ alarm: AlarmCourse?, since: Instant?
  ) -> [Turn] {
    let steps = alarm?.steps.map { Turn(at: $0.at, kind: Turn.Kind($0)) } ?? []
    let end = alarm?.endedAt ?? alarm.map { _ in Instant(nanoseconds: .max) }
    let own = turns.filter { turn in
      since.map { turn.at >= $0 } != false && end.map { turn.at < $0 } != false
    }
    // By instant; at one instant the condition comes first, the alarm follows from it.
    let all = (own + steps).enumerated()
    return all.sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  private static func whoAsked(for alarm: AlarmCourse, in recording: Recording) -> String? {
    guard alarm.id == .callStop else { return nil }
    for (at, entry) in recording.entries where at == alarm.raised.at {
      switch entry {
      case .input(.command(alarm.chair, .stopRequested, let by)): return by.name
      case .input(.bytes(Slot(alarm.chair, .button), _)): return "the patient, by the button"
      default: continue
      }
    }
    return nil
  }

  /// What is worth a look: from shortly before the delay began to shortly after the raising, or for
  /// a rule that never rang, the seconds that came near.
  private static func window(
    of moments: [Moment], _ turns: [Turn], _ alarm: AlarmCourse?, _ rule: AlarmID
  ) -> [Moment] {
    guard let alarm else {
      guard !rule.isOnPressure else { return moments }
      let near = moments.indices.filter { moments[$0].isBeyond || moments[$0].condition.isPending }
      let kept = Set(near.flatMap { max(0, $0 - 3)...min(moments.count - 1, $0 + 3) })
      return kept.sorted().suffix(300).map { moments[$0] }
    }
    if rule.isOnPressure { return moments.filter { $0.at <= alarm.steps.last?.at ?? $0.at } }
    let onset = turns.last { turn in
      if case .delayStarted = turn.kind { turn.at <= alarm.raised.at } else { false }
    }
    let around = Duration.seconds(10)
    let range = (onset?.at ?? alarm.raised.at) - around...alarm.raised.at + around
    return moments.filter { range.contains($0.at) }
  }
}

extension Explanation.Turn.Kind {
  fileprivate init(_ step: AlarmCourse.Step) {
    self =
      switch step.step {
      case .raised: .raised(step.priority)
      case .escalated: .escalated(step.priority)
      case .cleared: .cleared
      case .latched: .latched
      case .resumed: .signalResumed
      case .acknowledged: .acknowledged(by: step.by ?? .system)
      case .reset: .reset(by: step.by ?? .system)
      }
  }
}

extension RuleState.Condition {
  /// Whether the delay runs or stands still.
  var isPending: Bool {
    switch self {
    case .delaying, .frozen: true
    case .inactive, .active, .clearing: false
    }
  }
}
