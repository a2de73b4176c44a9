public import Vitals

/// Baseline and the dose itself (`clinical.md` 1.2, 1.3).
extension ChairMonitor {
  /// A dose that runs so much longer than planned is told of once (`clinical.md` RQ-01).
  private static let toleratedOverrun = Duration.seconds(600)
  /// How long a patient sits quietly before a pressure tells anything of the baseline: at least 3 to 5
  /// min (`clinical.md` 1.3).
  private static let seatedRest = Duration.seconds(180)

  mutating func acceptBaseline(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let pressure = baselinePressure else { return }
    let baseline = Baseline(
      spo2: Self.median(baselineSamples.map(\.spo2)),
      pulseRate: Self.median(baselineSamples.map(\.pulseRate)),
      systolic: pressure.systolic, diastolic: pressure.diastolic)
    let sources = Set(readings.suffix(2).map(\.source))
    let source: BaselineSource =
      sources == [.cuff] ? .cuff : sources == [.manual] ? .manual : .mixed
    session?.baseline = baseline
    session?.baselineAt = now
    session?.baselineSource = source
    session?.baselineAcceptedBy = staff
    alarms.use(alarms.policy, baseline: baseline)
    alarms.enter(.all, at: now) { emit($0, Self.output($1)) }
    let rate = session?.baselineAssessment.respiratoryRate
    emit(now, .event(.audit(.baseline(baseline, source: source, rr: rate, by: staff))))
    judgeHold(baseline, at: now, emit: emit)
  }

  /// The pressures that count for the baseline.
  var restedPressures: [(reading: BloodPressure, at: Instant)] {
    guard let seatedSince = session?.seatedSince else { return [] }
    return pressures.filter { $0.at - seatedSince >= Self.seatedRest }
  }

  /// The mean of the last two pressures at least a minute apart that agree within 10 mmHg; a third
  /// one settles a disagreement.
  var baselinePressure: (systolic: Int, diastolic: Int)? {
    let pressures = restedPressures
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

  /// What there is so far for a baseline; `nil` outside of its phase.
  public func baselineDraft(at now: Instant) -> BaselineDraft? {
    guard let session, session.phase == .baseline else { return nil }
    let hasSamples = !baselineSamples.isEmpty
    let pressure = baselinePressure
    return BaselineDraft(
      spo2: hasSamples ? Self.median(baselineSamples.map(\.spo2)) : nil,
      pulseRate: hasSamples ? Self.median(baselineSamples.map(\.pulseRate)) : nil,
      seconds: baselineSamples.count, systolic: pressure?.systolic, diastolic: pressure?.diastolic,
      restedPressures: restedPressures.count,
      seatedFor: session.seatedSince.map { now - $0 })
  }

  private static func median(_ values: [Int]) -> Int {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }

  /// The first dose, or another one in observation, which begins everything after it anew.
  mutating func startDose(
    _ route: Route?, reason: String?, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    if let route, route != session?.route {
      session?.route = route
      session?.ownPreset = nil
      noteMissingFields()
    }
    session?.doseStartedAt = now
    session?.dosePausedAt = nil
    session?.doseEndedAt = nil
    session?.doseRun = .zero
    session?.doseRunsSince = now
    session?.isOverrunTold = false
    session?.devicesGiven = []
    session?.clock = nil
    session?.signatures = []
    session?.waivers = []
    session?.ledger = DischargeLedger()
    // What was so before the drug says nothing of the time after it.
    session?.assessment = Assessment()
    session?.assessedAt = [:]
    nextTick = nil
    let preset = preset
    replan(
      CuffSchedule.doseDues(preset, start: now), startsByItself: true, at: now, emit: emit)
    if preset.anchor != .doseEnd { startClock(preset, at: now) }
    let words = [session?.route.rawValue, reason].compactMap(\.self).joined(separator: ", ")
    enter(.infusing, by: staff, reason: words, at: now, emit: emit)
  }

  mutating func pauseDose(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    session?.dosePausedAt = now
    stopDoseClock(at: now)
    change(.paused, by: staff, at: now, emit: emit)
  }

  mutating func resumeDose(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    session?.dosePausedAt = nil
    session?.doseRunsSince = now
    change(.running, by: staff, at: now, emit: emit)
  }

  private mutating func stopDoseClock(at now: Instant) {
    guard let length = session?.doseLength(at: now) else { return }
    session?.doseRun = length
    session?.doseRunsSince = nil
  }

  /// When the dose has run too much longer than planned; `nil` once that was told.
  var overrunAt: Instant? {
    guard let session, session.phase == .infusing, !session.isOverrunTold,
      let since = session.doseRunsSince
    else { return nil }
    let planned = Duration.seconds(preset.doseMinutes * 60)
    return since + (planned + Self.toleratedOverrun - session.doseRun)
  }

  mutating func tellOverrun(at now: Instant, emit: (Instant, Output) -> Void) {
    session?.isOverrunTold = true
    emit(now, .event(.audit(.doseOverrun(plannedMinutes: preset.doseMinutes))))
  }

  /// A spray was given; the observation counts from the first.
  mutating func giveDevice(
    _ number: Int, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let session else { return }
    self.session?.devicesGiven.append(now)
    let preset = preset
    if number == 1, preset.anchor == .firstDevice {
      startClock(preset, at: now)
      replan(CuffSchedule.doseDues(preset, start: now), startsByItself: true, at: now, emit: emit)
    }
    emit(
      now,
      .event(
        .audit(.nasalDevice(number: number, of: session.route.nasalDevices, by: staff))))
  }

  private mutating func startClock(_ preset: Route.Preset, at anchor: Instant) {
    var clock = ObservationClock(
      anchor: anchor, required: .seconds(preset.requiredMinutes * 60),
      slack: .seconds(alarms.policy.observation.creditSlackSeconds),
      isCrediting: isCrediting(at: anchor))
    if let until = session?.holdUntil { clock.hold(until: until) }
    session?.clock = clock
    nextTick = anchor + .seconds(1)
  }

  mutating func endDose(
    _ ending: DoseEnding, _ cause: StopCause?, reason: String?, by staff: StaffID,
    at now: Instant, emit: (Instant, Output) -> Void
  ) {
    let preset = preset
    // Nobody says that it was the patient's wish unless somebody says so.
    if ending == .stoppedEarly, cause != .patientRequest { session?.wasStoppedEarly = true }
    stopDoseClock(at: now)
    session?.dosePausedAt = nil
    session?.doseEndedAt = now
    if session?.observer == nil { session?.observer = staff }
    if preset.anchor == .doseEnd { startClock(preset, at: now) }
    let anchor = session?.clock?.anchor ?? now
    if preset.afterDoseMinutes > 0 {
      let windowEnd = anchor + .seconds(preset.doseMinutes * 60)
      session?.clock?.notBefore =
        max(windowEnd, now) + .seconds(preset.afterDoseMinutes * 60)
    }
    replan(
      CuffSchedule.observationDues(preset, anchor: anchor, now: now), startsByItself: true, at: now,
      emit: emit)
    end(.callStop, at: now, emit: emit)
    let why = [ending.rawValue, cause?.rawValue, reason].compactMap(\.self)
    enter(.observation, by: staff, reason: why.joined(separator: ", "), at: now, emit: emit)
  }
}
