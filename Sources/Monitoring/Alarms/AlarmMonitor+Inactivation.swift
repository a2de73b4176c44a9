import Vitals

/// Pauses of the sound and of all signals, and rules that are off (`clinical.md` 3.4).
extension AlarmMonitor {
  var audioPausedUntil: Instant? { inactivation.audio?.until }

  /// Pauses the sound, at most 120 s.
  ///
  /// Refused (false) outside 1...120.
  mutating func pauseAudio(
    seconds: Int, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Bool {
    guard (1...AudioResumption.maximumPauseSeconds).contains(seconds) else { return false }
    inactivation.audio = Inactivation.Pause(until: now + .seconds(seconds), by: staff)
    inactivation.keepReminding(at: now)
    emit(now, .audioPaused(seconds: seconds, by: staff))
    return true
  }

  mutating func resumeAudio(
    _ why: AudioResumption, by staff: StaffID? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard inactivation.audio != nil else { return }
    inactivation.audio = nil
    inactivation.keepReminding(at: now)
    emit(now, .audioResumed(why, by: staff))
  }

  /// Holds the signals of LOW and MEDIUM alarms back, at most 180 s, while care is given.
  ///
  /// A HIGH is never held: one that is active refuses the pause when it is physiological, and a new
  /// one of any kind ends it.
  mutating func pauseAlarms(
    seconds: Int, reason: String, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard (1...Inactivation.longestAlarmPause).contains(seconds) else {
      return Refusal(.outOfRange)
    }
    guard !reason.isEmpty else { return Refusal(.needsReason) }
    let isInDanger = slots.contains {
      $0.alarm?.priority == .high && $0.alarm?.presence == .active
        && $0.alarm?.id.kind == .physiological
    }
    guard !isInDanger else { return Refusal(.highAlarm) }
    inactivation.alarms = Inactivation.Pause(
      until: now + .seconds(seconds), by: staff, reason: reason)
    inactivation.keepReminding(at: now)
    emit(now, .audit(.alarmPaused(seconds: seconds, by: staff, reason: reason)))
    return nil
  }

  /// Ends the pause: what is active sounds now.
  mutating func resumeAlarms(
    _ why: AudioResumption, by staff: StaffID? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard inactivation.alarms != nil else { return }
    inactivation.alarms = nil
    inactivation.keepReminding(at: now)
    emit(now, .audit(.alarmResumed(why, by: staff)))
    for index in slots.indices {
      guard let alarm = slots[index].alarm, alarm.presence == .active,
        alarm.acknowledgedBy == nil, alarm.priority < .high
      else { continue }
      change(alarm, .resumed, at: now, emit: emit)
    }
  }

  /// Turns a rule off until the session ends.
  mutating func turnOff(
    _ id: AlarmID, reason: String, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard id.mayBeTurnedOff else { return Refusal(.neverOff) }
    guard !reason.isEmpty else { return Refusal(.needsReason) }
    guard inactivation.off[id] == nil else { return Refusal(.isOff) }
    let alarm = slots[id.index].alarm
    inactivation.keepReminding(at: now)
    emit(now, .audit(.alarmOff(id, by: staff, reason: reason)))
    if alarm?.presence == .active { end(id, at: now, emit: emit) }
    let held = alarm?.presence == .active ? alarm : nil
    inactivation.off[id] = Inactivation.Off(
      by: staff, reason: reason,
      held: held.map { Inactivation.Held(priority: $0.priority, limit: $0.limit) })
    inactivation.keepReminding(at: now)
    return nil
  }

  /// Turns a rule on again: what it found meanwhile, and still stands, is raised now.
  ///
  /// False when it was not off.
  @discardableResult
  mutating func turnOn(
    _ id: AlarmID, _ why: AudioResumption, by staff: StaffID? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Bool {
    guard let off = inactivation.off.removeValue(forKey: id) else { return false }
    inactivation.keepReminding(at: now)
    emit(now, .audit(.alarmOn(id, why, by: staff)))
    if let held = off.held, scope != .off {
      begin(id, held.priority, limit: held.limit, at: now, emit: emit)
    }
    return true
  }

  /// Ends every pause and turns every rule on: the session is over, the daemon was restarted, or the
  /// station that this relied on is gone.
  mutating func endInactivation(
    _ why: AudioResumption, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    resumeAudio(why, at: now, emit: emit)
    resumeAlarms(why, at: now, emit: emit)
    for id in AlarmID.allCases { turnOn(id, why, at: now, emit: emit) }
    guard scope == .off else { return }
    inactivation.hasUnconfirmedLimits = false
    inactivation.keepReminding(at: now)
  }

  mutating func advanceInactivation(to due: Instant, emit: (Instant, Output) -> Void) {
    if let until = inactivation.audio?.until, until <= due {
      resumeAudio(.expired, at: due, emit: emit)
    }
    if let until = inactivation.alarms?.until, until <= due {
      resumeAlarms(.expired, at: due, emit: emit)
    }
    if let remindAt = inactivation.remindAt, remindAt <= due { remind(at: due, emit: emit) }
  }

  /// Limits that were changed before a gap stay in force, but somebody must look at them.
  mutating func askForLimits(at now: Instant, emit: (Instant, Output) -> Void) {
    inactivation.hasUnconfirmedLimits = true
    remind(at: now, emit: emit)
  }

  /// False when nothing waits to be confirmed.
  mutating func confirmLimits(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Bool {
    guard inactivation.hasUnconfirmedLimits else { return false }
    inactivation.hasUnconfirmedLimits = false
    inactivation.keepReminding(at: now)
    emit(now, .audit(.limitsConfirmed(by: staff)))
    return true
  }

  private mutating func remind(at now: Instant, emit: (Instant, Output) -> Void) {
    inactivation.remindAt = now + Inactivation.reminderInterval
    emit(now, .audit(.inactivationReminder(inactivation.words)))
  }

  /// What people get of an alarm's signal now.
  func signal(of alarm: Alarm) -> AlarmSignal {
    if alarm.presence == .latched { return .latched }
    if alarm.acknowledgedBy != nil { return .acknowledged }
    if inactivation.alarms != nil, alarm.priority < .high { return .alarmPaused }
    return inactivation.audio == nil ? .on : .audioPaused
  }
}
