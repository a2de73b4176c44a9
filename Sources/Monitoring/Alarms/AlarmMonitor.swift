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
    var remark: Alarm.Remark?
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
  var pressureRules: [PressureRule]
  private(set) var respirationRules: [ContinuousRule]
  var previousPressure: (reading: BloodPressure, at: Instant)?
  var doubts = PressureDoubts()
  var respirationStaleAt: Instant?
  var batteries: [SlotName: BatteryLevel] = [:]
  var stillness = Stillness()
  var integral = IntegralDelay()
  var inactivation = Inactivation()
  /// Whether the drug is being given: an unanswered loss of the signal is then HIGH after a minute.
  var isInfusing = false
  private(set) var isAway = false
  /// The end of the last HIGH, and of the last LOW or MEDIUM, physiological alarm.
  var lastHighEnd: Instant?
  var lastOtherEnd: Instant?
  var hadHighPhysiological = false

  init(policy: Policy) {
    self.policy = policy
    rules = ContinuousRule.table(policy, baseline: nil)
    pressureRules = PressureRule.table(policy.pressure, baseline: nil)
    respirationRules = ContinuousRule.respirationTable(policy.respiration)
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
    next = earliest(next, respirationStaleAt)
    return earliest(next, doubts.nextDeadline)
  }

  mutating func advance(to now: Instant, emit: (Instant, Output) -> Void) {
    while let due = nextDeadline, due <= now {
      confirmDoubts(at: due, emit: emit)
      advanceInactivation(to: due, emit: emit)
      for index in slots.indices {
        escalateIfDue(AlarmID.allCases[index], at: due, emit: emit)
        if let change = slots[index].condition.advance(to: due) {
          apply(change, to: AlarmID.allCases[index], at: due, emit: emit)
        }
      }
      // After the counts, which it freezes.
      if respirationStaleAt == due { loseRespiration(at: due, emit: emit) }
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
      (doubts, batteries, respirationStaleAt) = (PressureDoubts(), [:], nil)
      (stillness, integral) = (Stillness(), IntegralDelay())
      use(policy, baseline: nil)
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
    pressureRules = PressureRule.table(policy.pressure, baseline: baseline)
    respirationRules = ContinuousRule.respirationTable(policy.respiration)
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
}
