import Vitals

/// All alarms of one chair: raises, escalates, clears, latches, and takes acknowledgements.
///
/// A value that is told the time; its owner (``ChairMonitor``) calls ``advance(to:emit:)`` before
/// anything else at an instant.
struct AlarmMonitor: Sendable {
  enum Output {
    case change(AlarmChange)
    case audioPaused(seconds: Int, by: StaffID)
    case audioResumed(AudioResumption)
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
  private(set) var slots = [SlotState](repeating: SlotState(), count: AlarmID.allCases.count)
  private var serial = 0
  private var previousPressure: (reading: BloodPressure, at: Instant)?
  private(set) var audioPausedUntil: Instant?
  /// Whether the drug is being given: an unanswered loss of the signal is then HIGH after a minute.
  var isInfusing = false
  private var isAway = false
  /// The end of the last HIGH, and of the last LOW or MEDIUM, physiological alarm.
  private(set) var lastHighEnd: Instant?
  private(set) var lastOtherEnd: Instant?
  private(set) var hadHighPhysiological = false

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
    var next = audioPausedUntil
    for slot in slots {
      next = earliest(next, slot.condition.deadline)
      next = earliest(next, slot.laterDue)
    }
    return next
  }

  mutating func advance(to now: Instant, emit: (Instant, Output) -> Void) {
    while let due = nextDeadline, due <= now {
      if audioPausedUntil == due {
        audioPausedUntil = nil
        emit(due, .audioResumed(.expired))
      }
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
        if let alarm = slots[index].alarm {
          emit(now, .change(AlarmChange(alarm: alarm, step: .cleared)))
        }
        slots[index] = SlotState()
      }
      if audioPausedUntil != nil {
        audioPausedUntil = nil
        emit(now, .audioResumed(.sessionEnded))
      }
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

  /// Raises an alarm that is found rather than measured, or escalates it.
  ///
  /// Never lowers it.
  ///
  /// `later` gives it a higher priority at an instant, unless it is acknowledged before.
  mutating func raise(
    _ id: AlarmID, _ priority: Priority, value: Int? = nil, limit: Int? = nil,
    later: (at: Instant, priority: Priority)? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    slots[id.index].value = value
    guard let alarm = slots[id.index].alarm, alarm.presence == .active else {
      slots[id.index].later = later
      return begin(id, priority, limit: limit, at: now, emit: emit)
    }
    escalate(id, to: priority, limit: limit, at: now, emit: emit)
  }

  /// Ends the condition of an alarm raised by ``raise(_:_:value:limit:at:emit:)``.
  mutating func end(_ id: AlarmID, at now: Instant, emit: (Instant, Output) -> Void) {
    guard var alarm = slots[id.index].alarm, alarm.presence == .active else { return }
    slots[id.index].later = nil
    if id.kind == .physiological {
      if alarm.priority == .high { lastHighEnd = now } else { lastOtherEnd = now }
    }
    guard id.isLatching, alarm.acknowledgedBy == nil else {
      slots[id.index].alarm = nil
      return emit(now, .change(AlarmChange(alarm: alarm, step: .cleared)))
    }
    alarm.presence = .latched
    slots[id.index].alarm = alarm
    emit(now, .change(AlarmChange(alarm: alarm, step: .latched)))
  }

  /// Acknowledges one alarm, or all of them.
  ///
  /// Returns false when there was nothing to acknowledge.
  mutating func acknowledge(
    _ id: AlarmID?, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Bool {
    var found = false
    for index in slots.indices where id == nil || id?.index == index {
      guard var alarm = slots[index].alarm, alarm.acknowledgedBy == nil else { continue }
      found = true
      alarm.acknowledgedBy = staff
      slots[index].later = alarm.id == .signalPoor ? slots[index].later : nil
      guard alarm.presence == .active else {
        slots[index].alarm = nil
        emit(now, .change(AlarmChange(alarm: alarm, step: .reset, by: staff)))
        continue
      }
      slots[index].alarm = alarm
      emit(now, .change(AlarmChange(alarm: alarm, step: .acknowledged, by: staff)))
      // An alarm kept through a lost signal ends with its acknowledgement; the alarm about the
      // lost signal stands in its place (`clinical.md` 3.2).
      if slots[index].isUnjudged, slots[index].condition.isActive, alarm.id.kind == .physiological {
        slots[index].condition.reset()
        end(alarm.id, at: now, emit: emit)
      }
    }
    return found
  }

  /// Pauses the sound, at most 120 s.
  ///
  /// Refused (false) outside 1...120.
  mutating func pauseAudio(
    seconds: Int, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Bool {
    guard (1...AudioResumption.maximumPauseSeconds).contains(seconds) else { return false }
    audioPausedUntil = now + .seconds(seconds)
    emit(now, .audioPaused(seconds: seconds, by: staff))
    return true
  }

  mutating func resumeAudio(
    _ why: AudioResumption, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard audioPausedUntil != nil else { return }
    audioPausedUntil = nil
    emit(now, .audioResumed(why))
  }

  private mutating func observe(
    _ id: AlarmID, _ violates: Bool?, delay: Duration, clear: Duration, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    let change = slots[id.index].condition.observe(violates, delay: delay, clear: clear, at: now)
    if let change { apply(change, to: id, at: now, emit: emit) }
    escalateIfDue(id, at: now, emit: emit)
  }

  private mutating func escalateIfDue(
    _ id: AlarmID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let later = slots[id.index].later, let due = slots[id.index].laterDue, due <= now
    else { return }
    slots[id.index].later = nil
    escalate(id, to: later.priority, at: now, emit: emit)
  }

  private mutating func apply(
    _ change: DelayedCondition.Change, to id: AlarmID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    switch change {
    case .raised:
      let rule = rules.first { $0.id == id }
      begin(id, rule?.priority ?? .medium, limit: rule?.limit, at: now, emit: emit)
      if let later = rule?.later {
        slots[id.index].later = (now + later.after, later.priority)
      } else if id == .noData || id == .sensorOff {
        slots[id.index].later = (
          now + .seconds(policy.technical.escalateUnacknowledgedSeconds), .high
        )
      }
    case .cleared: end(id, at: now, emit: emit)
    }
  }

  private mutating func begin(
    _ id: AlarmID, _ priority: Priority, limit: Int?, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    if let old = slots[id.index].alarm {
      emit(now, .change(AlarmChange(alarm: old, step: .reset, by: .system)))
    }
    serial += 1
    let alarm = Alarm(
      id: id, serial: serial, priority: priority, presence: .active, raisedAt: now,
      value: slots[id.index].value, limit: limit)
    slots[id.index].alarm = alarm
    emit(now, .change(AlarmChange(alarm: alarm, step: .raised)))
    noticeHigh(alarm, at: now, emit: emit)
  }

  private mutating func escalate(
    _ id: AlarmID, to priority: Priority, limit: Int? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard var alarm = slots[id.index].alarm, alarm.priority < priority else { return }
    // The loss of a signal is HIGH only while the drug runs.
    if id == .noData || id == .sensorOff, !isInfusing { return }
    alarm.priority = priority
    alarm.value = slots[id.index].value ?? alarm.value
    alarm.limit = limit ?? alarm.limit
    alarm.acknowledgedBy = nil
    slots[id.index].alarm = alarm
    emit(now, .change(AlarmChange(alarm: alarm, step: .escalated)))
    noticeHigh(alarm, at: now, emit: emit)
  }

  /// A new HIGH breaks through a pause of the sound.
  private mutating func noticeHigh(
    _ alarm: Alarm, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard alarm.priority == .high else { return }
    if alarm.id.kind == .physiological { hadHighPhysiological = true }
    resumeAudio(.newHigh, at: now, emit: emit)
  }
}
