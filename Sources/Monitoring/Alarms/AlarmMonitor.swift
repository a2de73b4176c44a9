import Vitals

/// All alarms of one chair: raises, escalates, clears, latches, and takes acknowledgements.
///
/// A value that is told the time; its owner (``ChairMonitor``) calls ``advance(to:emit:)`` before
/// anything else at an instant.
struct AlarmMonitor: Sendable {
  enum Output {
    case change(AlarmChange)
    case audioPaused(seconds: Int, by: StaffID)
    case audioResumed(AudioResumption, by: StaffID?)
    case audit(AuditEntry)
  }

  /// Which rules are judged: none without a patient; those that compare with a baseline only once
  /// one is accepted.
  enum Scope: Sendable { case off, absolute, all }

  struct SlotState: Sendable {
    var condition = DelayedCondition()
    var alarm: Alarm?
    /// What the rule saw when it was last violated.
    var value: Int?
    /// Whether the last sample could not tell, or there is none.
    var isUnjudged = false
    /// When a condition that stays gets a higher priority, and which.
    var later: (at: Instant, priority: Priority)?

    /// When ``later`` is due: not while a measured condition is on its way to clearing.
    var laterDue: Instant? {
      condition.isActive && !condition.isViolated ? nil : later?.at
    }
  }

  private(set) var policy: Policy
  private(set) var baseline: Baseline?
  private(set) var scope = Scope.off
  private(set) var rules: [ContinuousRule]
  var slots = [SlotState](repeating: SlotState(), count: AlarmID.allCases.count)
  var serial = 0
  private var previousPressure: (reading: BloodPressure, at: Instant)?
  var inactivation = Inactivation()
  /// Whether the drug is being given: an unanswered loss of the signal is then HIGH after a minute.
  var isInfusing = false
  private var isAway = false
  /// The end of the last HIGH, and of the last LOW or MEDIUM, physiological alarm.
  var lastHighEnd: Instant?
  var lastOtherEnd: Instant?
  var hadHighPhysiological = false

  init(policy: Policy) {
    self.policy = policy
    rules = ContinuousRule.table(policy, baseline: nil)
  }

  // Sorted by priority, then newest first, as every list shows them.
  var alarms: [Alarm] {
    slots.compactMap(\.alarm).sorted {
      ($0.priority, $0.serial) > ($1.priority, $1.serial)
    }
  }

  func alarm(_ id: AlarmID) -> Alarm? { slots[id.index].alarm }

  var hasActiveHigh: Bool {
    slots.contains { $0.alarm?.priority == .high && $0.alarm?.presence == .active }
  }

  var nextDeadline: Instant? {
    var next = inactivation.nextDeadline
    for slot in slots {
      next = earliest(next, slot.condition.deadline)
      next = earliest(next, slot.laterDue)
    }
    return next
  }

  mutating func advance(to now: Instant, emit: (Instant, Output) -> Void) {
    while let due = nextDeadline, due <= now {
      advanceInactivation(to: due, emit: emit)
      for index in slots.indices {
        escalateIfDue(AlarmID.allCases[index], at: due, emit: emit)
        if let change = slots[index].condition.advance(to: due) {
          apply(change, to: AlarmID.allCases[index], at: due, emit: emit)
        }
      }
    }
  }

  /// Changes what is judged.
  ///
  /// Leaving a session ends every alarm and every pause.
  mutating func enter(_ scope: Scope, at now: Instant, emit: (Instant, Output) -> Void) {
    self.scope = scope
    switch scope {
    case .off:
      for index in slots.indices {
        if let alarm = slots[index].alarm { change(alarm, .cleared, at: now, emit: emit) }
        slots[index] = SlotState()
      }
      endInactivation(.sessionEnded, at: now, emit: emit)
      (baseline, previousPressure, isInfusing) = (nil, nil, false)
      (lastHighEnd, lastOtherEnd, hadHighPhysiological) = (nil, nil, false)
      isAway = false
      rules = ContinuousRule.table(policy, baseline: nil)
    case .absolute, .all:
      // From now on silence is a finding, whether or not a frame ever came.
      superviseFrames(at: now, emit: emit)
    }
  }

  /// Sets the limits in force and the values that relative rules compare with.
  mutating func use(_ policy: Policy, baseline: Baseline?) {
    self.policy = policy
    self.baseline = baseline
    rules = ContinuousRule.table(policy, baseline: baseline)
  }

  /// The limit of a continuous rule in force, for display.
  func limit(_ id: AlarmID) -> Int? { rules.first { $0.id == id }?.limit }

  /// When silence becomes a finding.
  var silenceDeadline: Instant? { slots[AlarmID.noData.index].condition.deadline }

  /// A frame arrived, whatever it says: the device and its line are alive.
  ///
  /// Returns whether it did more than put off ``silenceDeadline``, as most frames do not.
  @discardableResult
  mutating func superviseFrames(at now: Instant, emit: (Instant, Output) -> Void) -> Bool {
    guard scope != .off, !isAway else { return false }
    let delay = Duration.seconds(policy.technical.noDataSeconds)
    if slots[AlarmID.noData.index].condition.startAnew(delay: delay, at: now) { return false }
    observe(.noData, false, delay: delay, clear: .zero, at: now, emit: emit)
    observe(.noData, true, delay: delay, clear: .zero, at: now, emit: emit)
    return true
  }

  /// While the patient is away from the chair nothing new is found; what is active stays.
  mutating func setAway(_ isAway: Bool, at now: Instant, emit: (Instant, Output) -> Void) {
    self.isAway = isAway
    guard isAway else {
      superviseFrames(at: now, emit: emit)
      return
    }
    for index in slots.indices where !slots[index].condition.isActive {
      slots[index].condition.reset()
    }
  }

  /// Judges one sample; `nil` when the last one has become too old.
  mutating func judge(
    _ sample: OximeterReading?, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard scope != .off, !isAway else { return }
    for rule in rules {
      let violates = sample.flatMap(rule.judge)
      slots[rule.id.index].isUnjudged = violates == nil
      if violates == true, let sample { slots[rule.id.index].value = rule.value(sample) }
      observe(rule.id, violates, delay: rule.delay, clear: rule.clear, at: now, emit: emit)
    }
  }

  /// Judges one valid blood pressure.
  ///
  /// Returns whether it goes on the chart as a noteworthy rise.
  mutating func judge(
    _ reading: BloodPressure, isObserving: Bool, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Bool {
    guard scope != .off else { return false }
    let context = PressureContext(
      reading: reading, at: now, previous: previousPressure, baseline: baseline,
      isObserving: isObserving, policy: policy.pressure)
    previousPressure = (reading, now)
    for rule in PressureRule.table {
      switch rule.judge(context) {
      case .good: end(rule.id, at: now, emit: emit)
      case .unchanged: break
      case .violated(let priority, let value, let limit):
        raise(rule.id, priority, value: value, limit: limit, at: now, emit: emit)
      }
    }
    return context.isNoteworthyRise
  }
}
