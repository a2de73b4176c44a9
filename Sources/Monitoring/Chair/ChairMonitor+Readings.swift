import Vitals

/// What devices and hands measured, on its way to the rules.
extension ChairMonitor {
  /// Samples kept for the baseline's medians.
  private static let baselineWindow = 120
  private static let pressuresKept = 200

  /// Who may type in what was measured or counted by hand.
  public static let readers: [Role] = [.assistant, .rn, .prescriber, .admin]

  /// Why somebody in this role may not type in a reading now; `nil` where it is taken.
  public func reasonAgainstReading(by role: Role?) -> Refusal.Reason? {
    guard let role else { return .unknownStaff }
    guard Self.readers.contains(role) else { return .notYourRole }
    return session?.isMonitored == true ? nil : .wrongPhase
  }

  mutating func take(
    _ reading: OximeterReading, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    let isSample = sampler.take(reading, at: now)
    let wasSilenceNext = alarms.silenceDeadline == nextDeadline
    let isChange = alarms.superviseFrames(at: now) { emit($0, Self.output($1)) }
    if isSample, let sample = sampler.last?.reading { judge(sample, at: now, emit: emit) }
    // Most frames only put off a deadline that is not the next one.
    if isSample || isChange || wasSilenceNext { updateDeadline() }
  }

  /// The last sample is too old.
  ///
  /// A device that still sends frames says nothing usable; one that is silent is the business of
  /// `NO_DATA`.
  mutating func expireSample(at now: Instant, emit: (Instant, Output) -> Void) {
    if sampler.expire(at: now) {
      judge(OximeterReading(status: .poorSignal), at: now, emit: emit)
    } else {
      judge(nil, at: now, emit: emit)
    }
  }

  private mutating func judge(
    _ sample: OximeterReading?, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    let isUsable = sample?.isUsable == true
    let isUnderCuff = isUnderCuff(at: now)
    let isChange = isUsable != (signalLostSince == nil)
    signalLostSince = isUsable ? nil : signalLostSince ?? now
    noteSignal(sample, isChange: isChange, isUnderCuff: isUnderCuff, at: now, emit: emit)
    usableSince = isUsable ? usableSince ?? now : nil
    if isUsable, !isUnderCuff, session?.awaySince == nil {
      // A device that speaks every other second vouches for the second between as well.
      let covered = now - sampler.interval + .seconds(1)
      validSeconds.mark(from: min(max(covered, usableSince ?? now), now), through: now)
      if session?.phase == .baseline, session?.oxygenTenths == 0, let sample {
        keepForBaseline(sample)
      }
    }
    let waveMoves = sampler.takeWaveMoves()
    alarms.judge(sample, isUnderCuff: isUnderCuff, waveMoves: waveMoves, at: now) {
      emit($0, Self.output($1))
    }
    var marked = sample
    if isUnderCuff { marked?.status.insert(.underCuff) }
    emit(now, .sample(marked))
  }

  private mutating func keepForBaseline(_ sample: OximeterReading) {
    guard let spo2 = sample.saturation, let rate = sample.pulseRate else { return }
    baselineSamples.append((spo2.percent, rate.perMinute))
    if baselineSamples.count > Self.baselineWindow { baselineSamples.removeFirst() }
  }

  /// Takes a pressure; `isOrdered` when it is the cuff's that takes our orders.
  mutating func take(
    _ reading: BloodPressure, from source: PressureReading.Source, isOrdered: Bool = false,
    by staff: StaffID?, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    (lastFailure, lastPressureSource) = (nil, source)
    let earlier = pressures.last { now - $0.at >= .seconds(300) }?.reading
    pressures.append((reading, now))
    if pressures.count > Self.pressuresKept { pressures.removeFirst() }
    readings.append(ChartedPressure(pressure: reading, at: now, source: source, by: staff))
    let met = schedule.meet(at: now, fromCuff: isOrdered)
    var changes: [(Instant, Output)] = []
    let wasCritical = isActive(Self.critical)
    let hadDoubts = alarms.doubts.nextDeadline != nil
    let pulses = isOrdered ? interlock.pulse.compare(reading.pulseRate) : nil
    let isRise = alarms.judge(reading, isObserving: isObserving, at: now) {
      changes.append(($0, Self.output($1)))
    }
    schedule.follow(finding(in: reading, wasCritical: wasCritical, hadDoubts: hadDoubts), at: now)
    emit(
      now,
      .event(
        .reading(
          PressureReading(
            pressure: reading, source: source, by: staff, isNoteworthyRise: isRise,
            isPossibleCountError: pulses?.isCountError == true))))
    noteCheckpoints(met, at: now, emit: emit)
    for (at, output) in changes { emit(at, output) }
    judgePulses(pulses, at: now, emit: emit)
    end(.cuffFailed, at: now, emit: emit)
    endOverdueIfMet(at: now, emit: emit)
    if session?.phase == .baseline { judgeHold(reading, earlier: earlier, at: now, emit: emit) }
  }

  private static let critical: [AlarmID] = [.pressureCritical, .pressureVeryLow]
  private static let worrying = critical + [.pressureElevated, .pressureLow]

  private func isActive(_ ids: [AlarmID]) -> [Bool] {
    ids.map { alarms.alarm($0)?.presence == .active }
  }

  /// What a reading that has just been judged means for the next one.
  private func finding(
    in reading: BloodPressure, wasCritical: [Bool], hadDoubts: Bool
  ) -> FollowUp.Finding {
    let isDoubtNew = !hadDoubts && alarms.doubts.nextDeadline != nil
    let isNew = zip(isActive(Self.critical), wasCritical).contains { $0 && !$1 } || isDoubtNew
    if isNew { return .critical }
    if isActive(Self.worrying).contains(true) { return .worrying }
    let limits = alarms.policy.pressure
    let isInRange =
      (limits.lowSystolic..<limits.elevatedSystolic).contains(reading.systolic)
      && reading.diastolic < limits.elevatedDiastolic
    return isInRange ? .inRange : .unsettled
  }

  private var isObserving: Bool {
    session?.phase == .observation || session?.phase == .readyForSignOff
  }
}
