import Vitals

/// The life of each alarm (`clinical.md` 3.2): found, raised, escalated, ended, acknowledged.
extension AlarmMonitor {
  /// Raises an alarm that is found rather than measured, or escalates it.
  ///
  /// Never lowers it.
  ///
  /// `later` gives it a higher priority at an instant, unless it is acknowledged before.
  mutating func raise(
    _ id: AlarmID, _ priority: Priority, value: Int? = nil, limit: Int? = nil,
    remark: Alarm.Remark? = nil, later: (at: Instant, priority: Priority)? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    slots[id.index].value = value
    slots[id.index].remark = remark
    guard let alarm = slots[id.index].alarm, alarm.presence == .active else {
      slots[id.index].later = later
      return begin(id, priority, limit: limit, at: now, emit: emit)
    }
    escalate(id, to: priority, limit: limit, at: now, emit: emit)
  }

  /// Ends the condition of an alarm raised by ``raise(_:_:value:limit:at:emit:)``.
  mutating func end(_ id: AlarmID, at now: Instant, emit: (Instant, Output) -> Void) {
    inactivation.off[id]?.held = nil
    guard var alarm = slots[id.index].alarm, alarm.presence == .active else { return }
    slots[id.index].later = nil
    if id.kind == .physiological {
      if alarm.priority == .high { lastHighEnd = now } else { lastOtherEnd = now }
    }
    guard id.isLatching, alarm.acknowledgedBy == nil else {
      slots[id.index].alarm = nil
      return change(alarm, .cleared, at: now, emit: emit)
    }
    alarm.presence = .latched
    slots[id.index].alarm = alarm
    change(alarm, .latched, at: now, emit: emit)
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
        change(alarm, .reset, by: staff, at: now, emit: emit)
        continue
      }
      slots[index].alarm = alarm
      change(alarm, .acknowledged, by: staff, at: now, emit: emit)
      // An alarm kept through a lost signal ends with its acknowledgement; the alarm about the
      // lost signal stands in its place (`clinical.md` 3.2).
      if slots[index].isUnjudged, slots[index].condition.isActive, alarm.id.kind == .physiological {
        slots[index].condition.reset()
        end(alarm.id, at: now, emit: emit)
      }
    }
    return found
  }

  mutating func observe(
    _ id: AlarmID, _ violates: Bool?, delay: Duration, clear: Duration, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    let change = slots[id.index].condition.observe(violates, delay: delay, clear: clear, at: now)
    if let change { apply(change, to: id, at: now, emit: emit) }
    escalateIfDue(id, at: now, emit: emit)
  }

  mutating func escalateIfDue(
    _ id: AlarmID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let later = slots[id.index].later, let due = slots[id.index].laterDue, due <= now
    else { return }
    slots[id.index].later = nil
    escalate(id, to: later.priority, at: now, emit: emit)
  }

  mutating func apply(
    _ change: DelayedCondition.Change, to id: AlarmID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    switch change {
    case .raised where id == .battery && isActive(id): break
    case .raised:
      let rule = rules.first { $0.id == id } ?? respirationRules.first { $0.id == id }
      let (priority, limit) = rule.map { ($0.priority, $0.limit) } ?? Self.found(id)
      begin(id, priority, limit: limit, at: now, emit: emit)
      if let later = rule?.later {
        slots[id.index].later = (now + later.after, later.priority)
      } else if id == .noData {
        slots[id.index].later = (
          now + .seconds(policy.technical.escalateUnacknowledgedSeconds), .high
        )
      }
    // A battery that its device no longer complains of may still be low by its level.
    case .cleared where id == .battery && batteryPriority != nil: break
    case .cleared: end(id, at: now, emit: emit)
    }
  }

  /// Priority and limit of a measured condition that stands in no table of rules.
  private static func found(_ id: AlarmID) -> (Priority, limit: Int?) {
    switch id {
    case .cuffStuck: (.high, cuffStuckMmHg)
    case .frozen: (.low, nil)
    default: (.medium, nil)
    }
  }

  mutating func begin(
    _ id: AlarmID, _ priority: Priority, limit: Int?, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    if let off = inactivation.off[id] {
      let priority = max(priority, off.held?.priority ?? priority)
      inactivation.off[id]?.held = Inactivation.Held(priority: priority, limit: limit)
      return
    }
    if let old = slots[id.index].alarm { change(old, .reset, by: .system, at: now, emit: emit) }
    serial += 1
    let alarm = Alarm(
      id: id, serial: serial, priority: priority, presence: .active, raisedAt: now,
      value: slots[id.index].value, limit: limit,
      remark: slots[id.index].remark)
    slots[id.index].alarm = alarm
    change(alarm, .raised, at: now, emit: emit)
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
    alarm.remark = slots[id.index].remark
    alarm.acknowledgedBy = nil
    slots[id.index].alarm = alarm
    change(alarm, .escalated, at: now, emit: emit)
    noticeHigh(alarm, at: now, emit: emit)
  }

  /// Tells a step in the life of an alarm; the next revision of what stations must show.
  mutating func change(
    _ alarm: Alarm, _ step: AlarmChange.Step, by staff: StaffID? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    var alarm = alarm
    alarm.revision += 1
    if slots[alarm.id.index].alarm?.serial == alarm.serial {
      slots[alarm.id.index].alarm?.revision = alarm.revision
    }
    emit(now, .change(AlarmChange(alarm: alarm, step: step, by: staff)))
  }

  /// A new HIGH breaks through every pause.
  private mutating func noticeHigh(
    _ alarm: Alarm, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard alarm.priority == .high else { return }
    if alarm.id.kind == .physiological { hadHighPhysiological = true }
    resumeAudio(.newHigh, at: now, emit: emit)
    resumeAlarms(.newHigh, at: now, emit: emit)
  }
}
