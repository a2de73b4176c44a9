import Vitals

/// Baseline, holds, and the dose itself (`clinical.md` 1.2, 1.3, 2.5).
extension ChairMonitor {
  private static let baselineKeepsFor = Duration.seconds(900)

  mutating func acceptBaseline(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard let pressure = baselinePressure else { return Refusal(.baselinePressures) }
    guard baselineSamples.count >= 60 else { return Refusal(.baselineSamples) }
    let baseline = Baseline(
      spo2: Self.median(baselineSamples.map(\.spo2)),
      pulseRate: Self.median(baselineSamples.map(\.pulseRate)),
      systolic: pressure.systolic, diastolic: pressure.diastolic)
    session?.baseline = baseline
    session?.baselineAt = now
    alarms.use(alarms.policy, baseline: baseline)
    alarms.enter(.all, at: now) { emit($0, Self.output($1)) }
    emit(now, .event(.audit(.baseline(baseline, by: staff))))
    if let hold = HoldClass.calledFor(by: baseline) {
      declare(hold, by: .system, reason: "oximeter baseline", at: now, emit: emit)
    }
    return nil
  }

  /// The mean of the last two pressures at least a minute apart that agree within 10 mmHg; a third
  /// one settles a disagreement.
  private var baselinePressure: (systolic: Int, diastolic: Int)? {
    guard let last = pressures.last,
      let before = pressures.last(where: { last.at - $0.at >= .seconds(60) })
    else { return nil }
    guard abs(last.reading.systolic - before.reading.systolic) <= 10 || pressures.count >= 3
    else { return nil }
    return (
      (last.reading.systolic + before.reading.systolic + 1) / 2,
      (last.reading.diastolic + before.reading.diastolic + 1) / 2
    )
  }

  private static func median(_ values: [Int]) -> Int {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }

  mutating func declare(
    _ hold: HoldClass, by staff: StaffID, reason: String, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    let inForce = max(hold, session?.hold ?? hold)
    // What a person says is on record even when it changes nothing.
    guard inForce != session?.hold || staff != .system else { return }
    session?.hold = inForce
    emit(now, .event(.audit(.holdDeclared(inForce, by: staff, reason: reason))))
  }

  mutating func clearHold(
    by staff: StaffID, reason: String, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    // A stop is not clearable today; the visit ends with `abort`.
    guard let hold = session?.hold, hold != .stop else { return Refusal(.hold) }
    guard !reason.isEmpty else { return Refusal(.needsReason) }
    session?.hold = nil
    emit(now, .event(.audit(.holdCleared(hold, by: staff, reason: reason))))
    return nil
  }

  mutating func startDose(
    _ route: Route?, by staff: StaffID, role: Role, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let reasons = reasonsAgainstDose(role: role, at: now)
    guard reasons.isEmpty else { return Refusal(reasons) }
    if let route { session?.route = route }
    session?.doseStartedAt = now
    session?.dosePausedAt = nil
    session?.clock = nil
    session?.signatures = []
    nextTick = nil
    guard let preset = session?.route.preset(alarms.policy.observation) else { return nil }
    schedule.replace(CuffSchedule.doseDues(preset, start: now), startsByItself: true)
    if preset.anchor == .doseStart { startClock(preset, at: now) }
    enter(.infusing, by: staff, reason: session?.route.rawValue, at: now, emit: emit)
    return nil
  }

  private func reasonsAgainstDose(role: Role, at now: Instant) -> [Refusal.Reason] {
    guard let session else { return [.wrongPhase] }
    let isRepeat = session.phase == .observation
    let baselineIsOld = session.baselineAt.map { now - $0 > Self.baselineKeepsFor } ?? true
    let pressureIsOld = pressures.last.map { now - $0.at > .seconds(600) } ?? true
    return [
      (Refusal.Reason.needsPrescriber, isRepeat && role != .prescriber),
      (.baseline, isRepeat ? session.baseline == nil : baselineIsOld),
      (.hold, session.hold != nil),
      // Nothing is judged while the patient is away.
      (.away, session.awaySince != nil),
      (.noLiveSpO2, freshSample(at: now) == nil),
      (.noRecentPressure, pressureIsOld),
      (.noStation, stations == 0),
      (.highAlarm, alarms.hasActiveHigh),
      (.escort, session.escort == nil || session.escort == Escort.none),
    ].compactMap { $1 ? $0 : nil }
  }

  private mutating func startClock(_ preset: Route.Preset, at anchor: Instant) {
    session?.clock = ObservationClock(
      anchor: anchor, required: .seconds(preset.requiredMinutes * 60),
      slack: .seconds(alarms.policy.observation.creditSlackSeconds), isCrediting: true)
    nextTick = anchor + .seconds(1)
  }

  mutating func endDose(
    _ ending: DoseEnding, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let preset = session?.route.preset(alarms.policy.observation) else { return }
    if ending == .stoppedEarly { session?.wasStoppedEarly = true }
    session?.dosePausedAt = nil
    let anchor = preset.anchor == .doseEnd ? now : session?.doseStartedAt ?? now
    if preset.anchor == .doseEnd { startClock(preset, at: now) }
    schedule.replace(
      CuffSchedule.observationDues(preset, anchor: anchor, now: now), startsByItself: true)
    end(.callStop, at: now, emit: emit)
    enter(.observation, by: staff, reason: ending.rawValue, at: now, emit: emit)
  }
}
