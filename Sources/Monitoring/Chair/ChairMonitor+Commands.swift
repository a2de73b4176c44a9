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
    let byRule = refusalByRule(command, by: staff, role: role, at: now)
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

  private func refusalByRule(
    _ command: Command, by staff: StaffID, role: Role?, at now: Instant
  ) -> Refusal? {
    guard let role else { return Refusal(.unknownStaff) }
    let (name, phase) = (command.name, session?.phase)
    let rule = name.rule
    guard rule.roles.contains(role) else { return Refusal(.notYourRole) }
    if let row = Transition.row(of: name, in: phase) {
      let reasons = violations(of: row.guards, command, by: staff, role: role, at: now)
      return reasons.isEmpty ? nil : Refusal(reasons)
    }
    // Whoever is being handed over is watched as before.
    let isWatched =
      session?.isMonitored == true && Transition.rows(of: name).isEmpty
      && rule.phases.isSuperset(of: CommandName.monitored)
    return rule.phases.contains(phase) || isWatched ? nil : Refusal(.wrongPhase)
  }

  private mutating func execute(
    _ command: Command, by staff: StaffID, role: Role, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    switch command {
    case .book(let route, let patient):
      open(.scheduled, route, patient, by: staff, at: now, emit: emit)
    case .checkIn(let route, let patient, _, let seatedMinutes):
      open(.baseline, route, patient, by: staff, at: now, emit: emit)
      session?.seatedSince = now - .seconds(seatedMinutes * 60)
    case .baselineAccepted: acceptBaseline(by: staff, at: now, emit: emit)
    case .holdDeclared(let reason):
      declare(.review, .person, by: staff, reason: reason, at: now, emit: emit)
    case .holdCleared(let reason): clearHolds(by: staff, reason: reason, at: now, emit: emit)
    case .doseStart(let route, let reason):
      startDose(route, reason: reason, by: staff, at: now, emit: emit)
    case .dosePause: pauseDose(by: staff, at: now, emit: emit)
    case .doseResume: resumeDose(by: staff, at: now, emit: emit)
    case .doseEnd(let ending, let cause, let reason):
      endDose(ending, cause, reason: reason, by: staff, at: now, emit: emit)
    case .stopRequested: raiseCall(at: now, emit: emit)
    case .patientAway(let escort): leave(with: escort, by: staff, at: now, emit: emit)
    case .patientReturned: comeBack(by: staff, at: now, emit: emit)
    case .extend(let minutes, let reason):
      guard (1...60).contains(minutes) else { return Refusal(.outOfRange) }
      keep(until: now + .seconds(minutes * 60))
      emit(
        now,
        .event(.audit(.observationExtended(minutes: minutes, by: staff, reason: reason))))
    case .chart, .checklist, .series, .symptom, .medication, .oxygen, .nasalDevice, .handover,
      .preset, .assess, .escort:
      chart(command, by: staff, role: role, at: now, emit: emit)
    case .waive(let criterion, let reason):
      waive(criterion, reason: reason, by: staff, at: now, emit: emit)
    case .sign: return sign(by: staff, role: role, at: now, emit: emit)
    case .transfer(let destination, let note):
      transfer(to: destination, note: note, by: staff, at: now, emit: emit)
    case .handoverDone(let note): endHandover(note, by: staff, at: now, emit: emit)
    case .leaveAMA(let reason, _, let refusalForm):
      leaveAgainstAdvice(reason, refusalForm: refusalForm, by: staff, at: now, emit: emit)
    case .abort(let reason), .cancel(let reason):
      enter(.aborted, by: staff, reason: reason, at: now, emit: emit)
    case .departed, .reopenClinical, .addendum, .lateEntry, .correction, .annotate:
      record(command, by: staff, at: now, emit: emit)
    case .note(let text): emit(now, .event(.audit(.note(text, by: staff))))
    case .acknowledge(let id):
      let found = alarms.acknowledge(id, by: staff, at: now) { emit($0, Self.output($1)) }
      answerCall(at: now, emit: emit)
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
    case .limbs(let limbs):
      return setLimbs(limbs, by: staff, role: role, at: now, emit: emit)
    case .nibpStart: return startCuff(by: staff, at: now, emit: emit)
    case .nibpStat: return startStat(by: staff, at: now, emit: emit)
    case .nibpAbort: return abortCuff(by: staff, at: now, emit: emit)
    case .schedule(let dueSeconds, let startsByItself):
      let zero = session?.doseStartedAt ?? now
      replan(
        dueSeconds.map { zero + .seconds($0) }, startsByItself: startsByItself, at: now, emit: emit)
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
  ) {
    let booked = session?.phase == .scheduled ? session : nil
    session = Session(phase: phase, at: now, route: route, patient: patient ?? booked?.patient)
    if let booked {
      session?.chart = booked.chart
      session?.series = booked.series
    }
    noteMissingFields()
    // A session starts from nothing but the lines that are open, so that its own recording tells
    // all of it. Only the cuff needs its time to deflate, whoever sits in the chair.
    schedule = CuffSchedule(cuff: schedule.cuff)
    schedule.cuff.forgetLine()
    (sampler, validSeconds) = (Sampler(interval: sampler.interval), SecondsRing(from: now))
    (interlock, lastRespiration) = (CuffInterlock(), nil)
    (pressures, baselineSamples, lastFailure, signalLostSince) = ([], [], nil, nil)
    (readings, usableSince) = ([], nil)
    alarms = AlarmMonitor(policy: unitPolicy)
    if phase == .baseline {
      alarms.enter(.absolute, at: now) { emit($0, Self.output($1)) }
    }
    enter(phase, by: staff, reason: route.rawValue, at: now, emit: emit)
  }

  private mutating func leave(
    with escort: StaffID, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    session?.awaySince = now
    session?.clock?.setCrediting(false, at: now)
    schedule.isWaiting = true
    endStat(.away, by: staff, at: now, emit: emit)
    alarms.setAway(true, at: now) { emit($0, Self.output($1)) }
    change(.away, by: staff, reason: escort.name, at: now, emit: emit)
  }

  private mutating func comeBack(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    session?.awaySince = nil
    session?.returnedAt = now
    let isCrediting = isCrediting(at: now)
    session?.clock?.setCrediting(isCrediting, at: now)
    schedule.resume(at: now)
    alarms.setAway(false, at: now) { emit($0, Self.output($1)) }
    end(.awayLong, at: now, emit: emit)
    change(.returned, by: staff, at: now, emit: emit)
  }
}
