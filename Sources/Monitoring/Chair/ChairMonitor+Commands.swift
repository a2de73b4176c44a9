public import Vitals

/// What people ask of a chair. Every command is either carried out or refused with reasons, and
/// both are on record; a refused one changes nothing.
extension ChairMonitor {
  /// Carries out a command, after advancing to `now`.
  ///
  /// Returns why not, or `nil`.
  public mutating func perform(
    _ command: Command, by staff: StaffID, role: Role?, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    advance(to: now, emit: emit)
    let byRule = refusalByRule(command.name, role: role)
    let refusal =
      byRule ?? execute(command, by: staff, role: role ?? .assistant, at: now, emit: emit)
    // A signature that was tried is an event of its own.
    if let refusal, byRule != nil || command.name != .sign {
      emit(now, .event(.audit(.refused(command.name, refusal.reasons, by: staff))))
    }
    updateDeadline()
    advance(to: now, emit: emit)
    return refusal
  }

  private func refusalByRule(_ name: CommandName, role: Role?) -> Refusal? {
    guard let role else { return Refusal(.unknownStaff) }
    let rule = name.rule
    guard rule.roles.contains(role) else { return Refusal(.notYourRole) }
    return rule.phases.contains(session?.phase) ? nil : Refusal(.wrongPhase)
  }

  private mutating func execute(
    _ command: Command, by staff: StaffID, role: Role, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    switch command {
    case .book(let route, let patient):
      return open(.scheduled, route, patient, by: staff, at: now, emit: emit)
    case .checkIn(let route, let patient):
      return open(.baseline, route, patient, by: staff, at: now, emit: emit)
    case .baselineAccepted: return acceptBaseline(by: staff, at: now, emit: emit)
    case .holdDeclared(let reason):
      declare(.review, by: staff, reason: reason, at: now, emit: emit)
    case .holdCleared(let reason):
      return clearHold(by: staff, reason: reason, at: now, emit: emit)
    case .doseStart(let route):
      return startDose(route, by: staff, role: role, at: now, emit: emit)
    case .dosePause:
      guard session?.dosePausedAt == nil else { return Refusal(.dosePaused) }
      session?.dosePausedAt = now
      change(.paused, by: staff, at: now, emit: emit)
    case .doseResume:
      guard session?.dosePausedAt != nil else { return Refusal(.doseNotPaused) }
      session?.dosePausedAt = nil
      change(.running, by: staff, at: now, emit: emit)
    case .doseEnd(let ending): endDose(ending, by: staff, at: now, emit: emit)
    case .stopRequested:
      alarms.raise(.callStop, .medium, later: (now + .seconds(30), .high), at: now) {
        emit($0, Self.output($1))
      }
    case .patientAway(let escort): return leave(with: escort, by: staff, at: now, emit: emit)
    case .patientReturned: return comeBack(by: staff, at: now, emit: emit)
    case .extend(let minutes, let reason):
      guard (1...60).contains(minutes) else { return Refusal(.outOfRange) }
      session?.clock?.hold(until: now + .seconds(minutes * 60))
      emit(
        now,
        .event(.audit(.observationExtended(minutes: minutes, by: staff, reason: reason))))
    case .assess(let assessment):
      session?.assessment.merge(assessment)
      emit(now, .event(.audit(.assessed(assessment, by: staff))))
    case .escort(let escort):
      session?.escort = escort
      emit(now, .event(.audit(.escort(escort, by: staff))))
    case .sign: return sign(by: staff, role: role, at: now, emit: emit)
    case .transfer(let destination):
      enter(.transferred, by: staff, reason: destination, at: now, emit: emit)
    case .leaveAMA(let reason): enter(.leftAMA, by: staff, reason: reason, at: now, emit: emit)
    case .abort(let reason), .cancel(let reason):
      enter(.aborted, by: staff, reason: reason, at: now, emit: emit)
    case .departed(let companion):
      emit(now, .event(.audit(.departed(with: companion, by: staff))))
    case .note(let text): emit(now, .event(.audit(.note(text, by: staff))))
    case .acknowledge(let id):
      let found = alarms.acknowledge(id, by: staff, at: now) { emit($0, Self.output($1)) }
      return found ? nil : Refusal(.nothingToAcknowledge)
    case .audioPause(let seconds): return pauseAudio(seconds, by: staff, at: now, emit: emit)
    case .audioResume:
      alarms.resumeAudio(.byStaff, by: staff, at: now) { emit($0, Self.output($1)) }
    case .alarmPause(let seconds, let reason):
      return pauseAlarms(seconds, reason: reason, by: staff, at: now, emit: emit)
    case .alarmResume:
      alarms.resumeAlarms(.byStaff, by: staff, at: now) { emit($0, Self.output($1)) }
    case .alarmOff(let id, let reason):
      return turnOff(id, reason: reason, by: staff, at: now, emit: emit)
    case .alarmOn(let id): return turnOn(id, by: staff, at: now, emit: emit)
    case .answer(let id, let answer):
      return self.answer(id, answer, by: staff, at: now, emit: emit)
    case .owner(let station): setOwner(station, by: staff, at: now, emit: emit)
    // Stations belong to the ward.
    case .stationPause, .stationResume: return Refusal(.noSuchStation)
    case .confirmLimits: return confirmLimits(by: staff, at: now, emit: emit)
    case .setLimit(let field, let value, let reason):
      return setLimit(field, value, reason: reason, by: staff, role: role, at: now, emit: emit)
    case .nibpStart: return startCuff(by: staff, at: now, emit: emit)
    case .nibpStat: return startStat(by: staff, at: now, emit: emit)
    case .nibpAbort: return abortCuff(by: staff, at: now, emit: emit)
    case .schedule(let dueSeconds, let startsByItself):
      let zero = session?.doseStartedAt ?? now
      schedule.replace(dueSeconds.map { zero + .seconds($0) }, startsByItself: startsByItself)
      emit(
        now,
        .event(
          .audit(
            .scheduled(dueSeconds: dueSeconds, startsByItself: startsByItself, by: staff))))
    }
    return nil
  }

  private mutating func open(
    _ phase: Phase, _ route: Route, _ patient: String?, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let booked = session?.phase == .scheduled ? session?.patient : nil
    session = Session(phase: phase, at: now, route: route, patient: patient ?? booked)
    // A session starts from nothing but the lines that are open, so that its own recording tells
    // all of it. Only the cuff needs its time to deflate, whoever sits in the chair.
    schedule = CuffSchedule(cuff: schedule.cuff)
    schedule.cuff.forgetLine()
    (sampler, validSeconds) = (Sampler(), SecondsRing())
    (pressures, baselineSamples, lastFailure, signalLostSince) = ([], [], nil, nil)
    alarms = AlarmMonitor(policy: unitPolicy)
    if phase == .baseline {
      alarms.enter(.absolute, at: now) { emit($0, Self.output($1)) }
    }
    enter(phase, by: staff, reason: route.rawValue, at: now, emit: emit)
    return nil
  }

  private mutating func leave(
    with escort: StaffID, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard session?.awaySince == nil else { return Refusal(.away) }
    session?.awaySince = now
    session?.clock?.setCrediting(false, at: now)
    schedule.isWaiting = true
    endStat(.away, by: staff, at: now, emit: emit)
    alarms.setAway(true, at: now) { emit($0, Self.output($1)) }
    change(.away, by: staff, reason: escort.name, at: now, emit: emit)
    return nil
  }

  private mutating func comeBack(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard session?.awaySince != nil else { return Refusal(.notAway) }
    session?.awaySince = nil
    session?.clock?.setCrediting(true, at: now)
    schedule.resume(at: now)
    alarms.setAway(false, at: now) { emit($0, Self.output($1)) }
    end(.awayLong, at: now, emit: emit)
    change(.returned, by: staff, at: now, emit: emit)
    return nil
  }
}
