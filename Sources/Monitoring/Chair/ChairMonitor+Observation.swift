public import Vitals

/// The observation after the dose, second by second.
extension ChairMonitor {
  /// A loss of the oximeter shorter than this costs no credit.
  private static let toleratedLoss = Duration.seconds(60)

  var awayTooLongAt: Instant? {
    guard let since = session?.awaySince, alarms.alarm(.awayLong) == nil else { return nil }
    return since + .seconds(alarms.policy.technical.awayMaximumSeconds)
  }

  /// One second of observation: credit, criteria, and the two phases that follow from them.
  mutating func observe(at now: Instant, emit: (Instant, Output) -> Void) {
    let isCrediting = isCrediting(at: now)
    session?.clock?.setCrediting(isCrediting, at: now)
    guard let facts = dischargeFacts(at: now) else { return }
    switch session?.phase {
    case .observation where facts.unmet.isEmpty:
      enter(.readyForSignOff, by: .system, at: now, emit: emit)
    case .readyForSignOff:
      guard let lapsed = facts.unmet.first else { return }
      session?.signatures = []
      enter(.observation, by: .system, reason: lapsed.rawValue, at: now, emit: emit)
    default: break
    }
  }

  private func isCrediting(at now: Instant) -> Bool {
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
      baseline: session.baseline,
      hasBlockingAlarm: alarms.alarms.contains(where: Self.blocksDischarge),
      lastHighEnd: alarms.lastHighEnd,
      lastOtherEnd: alarms.lastOtherEnd,
      assessment: session.assessment,
      escort: session.escort,
      route: session.route,
      isClockCertain: true,
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
    guard phase.isTerminal else { return }
    endStat(.sessionEnded, by: staff, at: now, emit: emit)
    if schedule.cuff.isWorking { order(.sessionEndAbort, by: staff, at: now, emit: emit) }
    schedule.replace([], startsByItself: false)
    session?.awaySince = nil
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
        .session(SessionChange(phase: phase, substate: substate, by: staff, reason: reason))))
  }
}
