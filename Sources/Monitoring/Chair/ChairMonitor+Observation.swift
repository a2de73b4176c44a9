public import Vitals

/// The observation after the dose, second by second.
extension ChairMonitor {
  /// A loss of the oximeter shorter than this costs no credit.
  private static let toleratedLoss = Duration.seconds(60)
  private static let steadyFor = Duration.seconds(300)

  var awayTooLongAt: Instant? {
    guard let since = session?.awaySince, alarms.alarm(.awayLong) == nil else { return nil }
    return since + .seconds(alarms.policy.technical.awayMaximumSeconds)
  }

  /// One second of observation: credit, criteria, and the two phases that follow from them.
  mutating func observe(at now: Instant, emit: (Instant, Output) -> Void) {
    let isCrediting = isCrediting(at: now)
    session?.clock?.setCrediting(isCrediting, at: now)
    if session?.returnedAt != nil, isSteadySinceReturn(at: now) { session?.returnedAt = nil }
    guard session?.phase == .observation || session?.phase == .readyForSignOff,
      let facts = dischargeFacts(at: now)
    else { return }
    let unmet = facts.unmet
    noteCriteria(unmet, at: now, emit: emit)
    switch session?.phase {
    case .observation where unmet.isEmpty:
      enter(.readyForSignOff, by: .system, at: now, emit: emit)
    case .readyForSignOff:
      guard let lapsed = unmet.first else { return }
      voidSignatures(.criterion(lapsed), at: now, emit: emit)
      session?.lapsedSigner = nil
      enter(.observation, by: .system, reason: lapsed.rawValue, at: now, emit: emit)
    default: break
    }
  }

  mutating func noteCriteria(
    _ unmet: [Criterion], at now: Instant, emit: (Instant, Output) -> Void
  ) {
    if session?.ledger.note(unmet, at: now) == true {
      emit(now, .event(.audit(.criteria(unmet: unmet))))
    }
  }

  /// Takes back the credit of a time when nobody was watching.
  ///
  /// A short gap of known length is like a short loss of the signal. One of unknown length was
  /// perhaps none at all: it neither counts as elapsed nor brings any end nearer.
  mutating func dropCredit(since: Instant, isCertain: Bool, at now: Instant) {
    let gap = now - since
    guard !isCertain || gap > Self.toleratedLoss else { return }
    session?.clock?.discard(from: since, to: now)
    guard !isCertain else { return }
    session?.clock?.doubt(gap)
    if let until = session?.holdUntil, until > since { keep(until: until + gap) }
    if let until = session?.clock?.notBefore { session?.clock?.notBefore = until + gap }
  }

  /// After a return, 5 min without a gap in the SpO2 are needed (`clinical.md` 1.4).
  private func isSteadySinceReturn(at now: Instant) -> Bool {
    guard let returnedAt = session?.returnedAt else { return true }
    return usableSince.map { now - max($0, returnedAt) >= Self.steadyFor } == true
  }

  /// How long it is to the least time after a dose, below which nobody may waive.
  func timeToFloor(at now: Instant) -> Duration {
    guard let session, let clock = session.clock, let ended = session.doseEndedAt else {
      return .seconds(1)
    }
    let floor = Duration.seconds(alarms.policy.observation.minimumMinutes * 60)
    return max(clock.shortfall(of: floor, at: now), floor - (now - ended - clock.uncertainty))
  }

  /// Whether this moment counts: the patient is here, and the oximeter live.
  func isCrediting(at now: Instant) -> Bool {
    guard session?.awaySince == nil else { return false }
    guard let lost = signalLostSince, now - lost >= Self.toleratedLoss else { return true }
    // A loss that somebody has acknowledged is a documented one.
    return [AlarmID.sensorOff, .noData].contains { alarms.alarm($0)?.acknowledgedBy != nil }
  }

  /// What the discharge criteria look at now; `nil` before the observation clock runs.
  func dischargeFacts(at now: Instant) -> DischargeFacts? {
    guard let session, let clock = session.clock else { return nil }
    let last = pressures.last
    return DischargeFacts(
      remaining: clock.remaining(at: now),
      lastPressure: last,
      earlierPressure: last.flatMap { last in
        pressures.last { last.at - $0.at >= .seconds(300) }?.reading
      },
      sample: freshSample(at: now),
      validSeconds: validSeconds.count(at: now),
      isJustBack: !isSteadySinceReturn(at: now),
      isOnOxygen: session.oxygenTenths > 0,
      roomAirSince: session.roomAirSince,
      baseline: session.baseline,
      hasBlockingAlarm: alarms.alarms.contains(where: Self.blocksDischarge),
      lastHighEnd: alarms.lastHighEnd,
      lastOtherEnd: alarms.lastOtherEnd,
      assessment: session.assessment,
      assessedAt: session.assessedAt,
      vomitedAt: session.vomitedAt,
      escort: session.escort,
      isEscortNamed: session.chart.namesEscort,
      route: session.route,
      missingFields: missingFields,
      uncertainty: clock.uncertainty,
      waived: Set(session.waivers.map(\.criterion)),
      remainingToFloor: max(timeToFloor(at: now), clock.held(at: now)),
      policy: alarms.policy.observation,
      now: now)
  }

  /// Criterion C06: no active physiological alarm, no active MEDIUM or HIGH technical one, nothing
  /// latched.
  private static func blocksDischarge(_ alarm: Alarm) -> Bool {
    alarm.presence == .latched || alarm.id.kind == .physiological || alarm.priority > .low
  }

  /// The last sample if it may be shown as current.
  public func freshSample(at now: Instant) -> OximeterReading? {
    guard let last = sampler.last, now - last.at < sampler.freshFor, last.reading.isUsable
    else { return nil }
    return last.reading
  }

  mutating func enter(
    _ phase: Phase, by staff: StaffID, reason: String? = nil, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    session?.phase = phase
    session?.phaseSince = now
    alarms.isInfusing = phase == .infusing
    change(nil, by: staff, reason: reason, at: now, emit: emit)
    if phase.isTerminal, session?.isMonitored != true {
      endMonitoring(by: staff, at: now, emit: emit)
    }
    // What remains to be watched after a transfer has no discharge of ours.
    if phase.isTerminal { nextTick = nil }
  }

  /// Nobody is watched at this chair any more.
  mutating func endMonitoring(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    endStat(.sessionEnded, by: staff, at: now, emit: emit)
    if schedule.cuff.isWorking { order(.sessionEndAbort, by: staff, at: now, emit: emit) }
    replan([], startsByItself: false, at: now, emit: emit)
    session?.awaySince = nil
    session?.clock?.setCrediting(false, at: now)
    if alarms.hadHighPhysiological { session?.hadHigh = true }
    nextTick = nil
    alarms.enter(.off, at: now) { emit($0, Self.output($1)) }
  }

  /// Reports a change inside the phase, or the phase itself.
  func change(
    _ substate: SessionChange.Substate?, by staff: StaffID, reason: String? = nil,
    at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let phase = session?.phase else { return }
    emit(
      now,
      .event(
        .session(
          SessionChange(
            phase: phase, substate: substate, by: staff, reason: reason,
            patient: phase.isOpening ? session?.patient : nil))))
  }
}
