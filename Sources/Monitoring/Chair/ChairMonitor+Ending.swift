import Vitals

/// The ends of a session besides its sign-off, and what may be written after any of them
/// (`clinical.md` 1.2, 1.7).
extension ChairMonitor {
  /// Written down so much later than it occurred, an entry is marked late.
  private static let lateAfter = 900

  /// Somebody else takes over; until that is done the patient is watched.
  mutating func transfer(
    to destination: String, note: String?, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    session?.handoverNote = note
    accept(.transfer, number: 1, of: 2, by: staff, at: now, emit: emit)
    enter(.transferred, by: staff, reason: destination, at: now, emit: emit)
  }

  mutating func endHandover(
    _ note: String?, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    let note = note ?? session?.handoverNote ?? ""
    session?.handoverDoneAt = now
    emit(now, .event(.audit(.handoverDone(note: note, by: staff))))
    endMonitoring(by: staff, at: now, emit: emit)
  }

  mutating func leaveAgainstAdvice(
    _ reason: String, refusalForm: Bool, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    emit(
      now, .event(.audit(.leftAgainstAdvice(refusalForm: refusalForm, by: staff))))
    accept(.leftAgainstAdvice, number: 1, of: 1, by: staff, at: now, emit: emit)
    enter(.leftAMA, by: staff, reason: reason, at: now, emit: emit)
  }

  mutating func record(
    _ command: Command, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    func audit(_ entry: AuditEntry) { emit(now, .event(.audit(entry))) }
    switch command {
    case .departed(let companion):
      session?.departedAt = now
      audit(.departed(with: companion, by: staff))
    case .reopenClinical(let reason): reopen(reason, by: staff, at: now, emit: emit)
    case .addendum(let text): audit(.addendum(text, by: staff))
    case .lateEntry(let text, let secondsAgo, let reason):
      audit(
        .lateEntry(
          text, secondsAgo: secondsAgo, isLate: secondsAgo > Self.lateAfter, by: staff,
          reason: reason))
    case .correction(let number, let pressure, let reason):
      let old = readings[number - 1].pressure
      correct(number, to: pressure)
      audit(
        .corrected(reading: number, from: old, to: pressure, by: staff, reason: reason))
    case .annotate(let target, let reason):
      if case .reading(let number) = target { readings[number - 1].isArtefact = true }
      audit(.annotated(target, by: staff, reason: reason))
    default: break
    }
  }

  /// The later value counts from now on; what it superseded stays with it.
  private mutating func correct(_ number: Int, to pressure: BloodPressure) {
    let reading = readings[number - 1]
    readings[number - 1].superseded.append(reading.pressure)
    readings[number - 1].pressure = pressure
    if let index = pressures.firstIndex(where: { $0.at == reading.at }) {
      pressures[index].reading = pressure
    }
  }

  /// Back to observation: a new revision of the record, under signatures of its own.
  private mutating func reopen(
    _ reason: String, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let session else { return }
    let superseded = session.signatures.map(\.by)
    self.session?.revision += 1
    self.session?.signatures = []
    self.session?.waivers = []
    for index in session.allSignatures.indices {
      self.session?.allSignatures[index].isSuperseded = true
    }
    emit(
      now,
      .event(
        .audit(
          .reopened(
            revision: session.revision + 1, superseded: superseded, by: staff, reason: reason))))
    alarms.use(alarms.policy, baseline: session.baseline)
    alarms.enter(.all, at: now) { emit($0, Self.output($1)) }
    let isCrediting = isCrediting(at: now)
    self.session?.clock?.setCrediting(isCrediting, at: now)
    nextTick = now + .seconds(1)
    replan(
      CuffSchedule.observationDues(preset, anchor: session.clock?.anchor ?? now, now: now),
      startsByItself: true, at: now, emit: emit)
    enter(.observation, by: staff, reason: reason, at: now, emit: emit)
  }
}
