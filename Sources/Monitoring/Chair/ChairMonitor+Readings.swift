import Vitals

/// What devices and hands measured, on its way to the rules.
extension ChairMonitor {
  /// Samples kept for the baseline's medians.
  private static let baselineWindow = 120
  private static let pressuresKept = 200

  mutating func take(
    _ reading: OximeterReading, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    let isSample = sampler.take(reading, at: now)
    let wasSilenceNext = alarms.silenceDeadline == nextDeadline
    let isChange = alarms.superviseFrames(at: now) { emit($0, Self.output($1)) }
    if isSample { judge(reading, at: now, emit: emit) }
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
    signalLostSince = isUsable ? nil : signalLostSince ?? now
    usableSince = isUsable ? usableSince ?? now : nil
    if isUsable, session?.awaySince == nil {
      validSeconds.mark(now)
      if session?.phase == .baseline, session?.oxygenTenths == 0, let sample {
        keepForBaseline(sample)
      }
    }
    alarms.judge(sample, at: now) { emit($0, Self.output($1)) }
    emit(now, .sample(sample))
  }

  private mutating func keepForBaseline(_ sample: OximeterReading) {
    guard let spo2 = sample.saturation, let rate = sample.pulseRate else { return }
    baselineSamples.append((spo2.percent, rate.perMinute))
    if baselineSamples.count > Self.baselineWindow { baselineSamples.removeFirst() }
  }

  mutating func take(
    _ step: Determination, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    switch step {
    case .inflating:
      schedule.cuff.begin(at: now)
      emit(now, .event(.device(.cuff, .inflating)))
    case .cuffPressure(let mmHg): cuffPressure = mmHg
    case .result(let reading): take(reading, from: .cuff, by: nil, at: now, emit: emit)
    case .failed(.connectionLost) where schedule.cuff.isStopping:
      // We did not wait for a result any more.
      take(.aborted, at: now, emit: emit)
    case .failed(let why):
      (cuffPressure, lastFailure) = (nil, why)
      schedule.end(failed: true, at: now)
      emit(now, .event(.device(.cuff, .determinationFailed(why))))
      endStat(.failed, at: now, emit: emit)
      guard session?.isMonitored == true else { return }
      alarms.raise(
        .cuffFailed, schedule.failuresInARow > 1 ? .medium : .low,
        value: schedule.failuresInARow, at: now
      ) { emit($0, Self.output($1)) }
    case .aborted:
      cuffPressure = nil
      // Stopped at the cuff itself, which a person did.
      if !schedule.cuff.isStopping { endStat(.aborted, at: now, emit: emit) }
      schedule.end(failed: false, at: now)
      emit(now, .event(.device(.cuff, .determinationAborted)))
    }
  }

  mutating func take(
    _ reading: BloodPressure, from source: PressureReading.Source, by staff: StaffID?,
    at now: Instant, emit: (Instant, Output) -> Void
  ) {
    (cuffPressure, lastFailure, lastPressureSource) = (nil, nil, source)
    let earlier = pressures.last { now - $0.at >= .seconds(300) }?.reading
    pressures.append((reading, now))
    if pressures.count > Self.pressuresKept { pressures.removeFirst() }
    readings.append(ChartedPressure(pressure: reading, at: now, source: source, by: staff))
    let met = schedule.meet(at: now, fromCuff: source == .cuff)
    var changes: [(Instant, Output)] = []
    let wasCritical = isActive(Self.critical)
    let isRise = alarms.judge(reading, isObserving: isObserving, at: now) {
      changes.append(($0, Self.output($1)))
    }
    schedule.follow(finding(in: reading, wasCritical: wasCritical), at: now)
    emit(
      now,
      .event(
        .reading(
          PressureReading(
            pressure: reading, source: source, by: staff, isNoteworthyRise: isRise))))
    noteCheckpoints(met, at: now, emit: emit)
    for (at, output) in changes { emit(at, output) }
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
  private func finding(in reading: BloodPressure, wasCritical: [Bool]) -> FollowUp.Finding {
    let isNew = zip(isActive(Self.critical), wasCritical).contains { $0 && !$1 }
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
