import Monitoring
import Vitals
import Ward

/// Watches one rule of one chair through a replay.
struct ExplanationWitness {
  private let chair: ChairID
  private let rule: AlarmID
  /// The session to watch.
  private let session: Int
  /// When the alarm that is explained was raised.
  private let raisedAt: Instant?

  private(set) var turns: [Explanation.Turn] = []
  private(set) var moments: [Explanation.Moment] = []
  private(set) var failures: [Explanation.Failure] = []
  private(set) var waits: [Explanation.Wait] = []
  private(set) var changes: [String: [Explanation.Origin.Change]] = [:]
  /// How far the wall clock was set by the raising.
  private(set) var steppedByRaising: Int64 = 0
  /// What was so at the raising, or as long as the session was watched.
  private(set) var scene: Scene?
  private var sessions = 0
  private var stepped: Int64 = 0
  private var isRaised = false
  private var hasSeenRaising = false
  private var condition = RuleState.Condition.inactive
  /// What came in since the last look.
  private var samples: [(at: Instant, sample: OximeterReading?)] = []
  private var pressures: [(at: Instant, pressure: BloodPressure)] = []

  /// What the chair shows of itself.
  struct Scene {
    let circumstances: Explanation.Circumstances
    let policy: Policy
    let pulseLowLimit: Int
    let state: RuleState
    let dueAt: Instant?
  }

  init(chair: ChairID, rule: AlarmID, session: Int, raisedAt: Instant?) {
    self.chair = chair
    self.rule = rule
    self.session = session
    self.raisedAt = raisedAt
  }

  /// Takes what the ward decided.
  mutating func take(_ at: Instant, _ output: WardOutput) {
    switch output {
    case .sample(chair, let sample): samples.append((at, sample))
    case .event(_, .audit(.wallClockStepped(let milliseconds))): stepped += milliseconds
    case .event(chair, let event): take(at, event)
    case .event, .sample, .send, .sendFeature: break
    }
  }

  private mutating func take(_ at: Instant, _ event: ChairEvent) {
    switch event {
    case .session(let change) where change.opensSession:
      sessions += 1
      if sessions == session { (turns, condition) = ([], .inactive) }
    case .reading(let reading): pressures.append((at, reading.pressure))
    case .device(_, .determinationFailed(let why)) where sessions == session:
      failures.append(Explanation.Failure(at: at, why: why))
    case .audit(.limitChanged(let field, let from, let to, let by, let reason))
    where sessions == session && !isRaised:
      changes[field, default: []].append(
        Explanation.Origin.Change(at: at, from: from, to: to, by: by, reason: reason))
    case .alarm(let change)
    where change.step == .raised && change.alarm.id == rule && at == raisedAt
      && sessions == session:
      isRaised = true
      steppedByRaising = stepped
    default: break
    }
  }

  /// Looks at the chair after an input or a deadline.
  mutating func observe(_ ward: Ward, at now: Instant) {
    defer {
      samples.removeAll(keepingCapacity: true)
      pressures.removeAll(keepingCapacity: true)
    }
    guard sessions == session, let monitor = ward[chair]?.monitor else { return }
    let state = monitor.state(of: rule)
    note(monitor, state)
    follow(state.condition, at: now)
    wait(.cuffWorking, monitor.isCuffWorking, at: now)
    wait(.away, monitor.session?.awaySince != nil, at: now)
    // The last look is the one right after the raising, or at the end of the session.
    guard !hasSeenRaising, monitor.session?.phase.isMonitored == true || scene == nil
    else { return }
    hasSeenRaising = isRaised
    scene = Scene(monitor, state)
  }

  /// Keeps the samples and pressures that came in, with what the rule makes of them.
  private mutating func note(_ monitor: ChairMonitor, _ state: RuleState) {
    if rule.isOnPressure {
      for (at, pressure) in pressures {
        moments.append(
          Explanation.Moment(
            at: at, value: state.alarm?.value, pressure: pressure, limit: state.alarm?.limit,
            quality: ["valid"], violates: state.condition == .active,
            isBeyond: state.condition == .active, condition: state.condition,
            priority: state.alarm?.priority))
      }
      return
    }
    for (at, sample) in samples {
      guard let finding = monitor.finding(of: rule, in: sample ?? OximeterReading()) else { return }
      var shown = sample ?? OximeterReading()
      shown.status.subtract(.unusable)
      let asIfValid = monitor.finding(of: rule, in: shown)
      moments.append(
        Explanation.Moment(
          at: at, value: asIfValid?.value, pressure: nil, limit: state.limit,
          quality: Self.quality(of: sample), violates: sample == nil ? nil : finding.violates,
          isBeyond: finding.violates == true
            || (asIfValid?.value != nil && asIfValid?.violates == true),
          condition: state.condition, priority: state.alarm?.priority))
    }
  }

  /// `valid`, or the names of what spoils the sample.
  private static func quality(of sample: OximeterReading?) -> [String] {
    guard let sample else { return ["noSample"] }
    if sample.isUsable { return ["valid"] }
    let flags = sample.status.intersection(.unusable).names
    return flags.isEmpty ? ["noNumbers"] : flags
  }

  private mutating func follow(_ new: RuleState.Condition, at now: Instant) {
    defer { condition = new }
    let last = samples.isEmpty ? nil : moments.last
    switch (condition, new) {
    case (.inactive, .delaying(let until)), (.active, .delaying(let until)),
      (.clearing, .delaying(let until)):
      turn(.delayStarted(until: until), at: now)
    case (.delaying(let old), .delaying(let until)) where old != until:
      // Every frame starts the delay of `NO_DATA` anew.
      if case .delayStarted = turns.last?.kind { turns.removeLast() }
      turn(.delayStarted(until: until), at: now)
    case (.delaying, .frozen(let remaining, _)):
      turn(.frozen(flags: last?.quality ?? ["noSample"], remaining: remaining), at: now)
    case (.frozen, .delaying(let until)): turn(.resumed(until: until), at: now)
    case (.delaying, .inactive), (.frozen, .inactive):
      turn(ending(of: condition, last, at: now), at: now)
    case (.active, .clearing(let until)): turn(.clearing(until: until), at: now)
    case (.clearing, .active): turn(.notCleared, at: now)
    default: break
    }
  }

  private func ending(
    of condition: RuleState.Condition, _ last: Explanation.Moment?, at now: Instant
  ) -> Explanation.Turn.Kind {
    if last?.violates == false { return .good(value: last?.value) }
    if case .frozen(_, let forgottenAt) = condition, forgottenAt <= now { return .forgotten }
    return .dropped
  }

  private mutating func turn(_ kind: Explanation.Turn.Kind, at now: Instant) {
    turns.append(Explanation.Turn(at: now, kind: kind))
  }

  private mutating func wait(
    _ reason: Explanation.Wait.Reason, _ waits: Bool, at now: Instant
  ) {
    let open = self.waits.lastIndex { $0.reason == reason && $0.until == nil }
    switch (waits, open) {
    case (true, nil): self.waits.append(Explanation.Wait(reason: reason, from: now, until: nil))
    case (false, let index?): self.waits[index].until = now
    case (true, _?), (false, nil): break
    }
  }
}

extension ExplanationWitness.Scene {
  init(_ monitor: ChairMonitor, _ state: RuleState) {
    let session = monitor.session
    circumstances = Explanation.Circumstances(
      phase: session?.phase, phaseSince: session?.phaseSince, hold: session?.hold,
      isDosePaused: session?.dosePausedAt != nil, awaySince: session?.awaySince,
      audioPausedUntil: monitor.audioPausedUntil, baseline: session?.baseline)
    policy = monitor.policy
    pulseLowLimit = monitor.pulseLowLimit
    self.state = state
    dueAt = monitor.nextPressureDue
  }
}
