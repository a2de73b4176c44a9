import Vitals

/// The rules that are judged with every oximeter sample.
extension AlarmMonitor {
  /// Judges one sample; `nil` when the last one has become too old.
  ///
  /// `isUnderCuff` while a cuff may squeeze the same limb: nothing new is found then, and what is
  /// active stays (`clinical.md` 4.5). `waveMoves` tells whether the pulse wave has changed since
  /// the last sample.
  mutating func judge(
    _ sample: OximeterReading?, isUnderCuff: Bool = false, waveMoves: Bool = true, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard scope != .off, !isAway else { return }
    if isUnderCuff { suspendOximetry() }
    for rule in rules {
      if isUnderCuff, rule.isDisturbedByCuff { continue }
      let violates = verdict(rule, sample)
      slots[rule.id.index].isUnjudged = violates == nil
      if violates == true, let sample { note(rule, sample) }
      guard rule.id == .spo2Low, policy.spo2.integral > 0 else {
        observe(rule.id, violates, delay: rule.delay, clear: rule.clear, at: now, emit: emit)
        continue
      }
      let delay = integrate(rule, sample, violates, at: now)
      observe(rule.id, violates, delay: delay, clear: rule.clear, at: now, emit: emit)
      // A count that stood still goes on with what is left by this sample's depth.
      slots[rule.id.index].condition.postpone(to: now + delay)
    }
    if !isUnderCuff { judgeStillness(sample, waveMoves, at: now, emit: emit) }
  }

  /// New oximeter conditions are not found from now on, and their counts begin anew afterwards.
  mutating func suspendOximetry() {
    for rule in rules where rule.isDisturbedByCuff { slots[rule.id.index].condition.suspend() }
    slots[AlarmID.frozen.index].condition.suspend()
    stillness.reset()
  }

  /// What a rule says of a sample, unless an active alarm names the cause already.
  private func verdict(_ rule: ContinuousRule, _ sample: OximeterReading?) -> Bool? {
    guard let sample, let violates = rule.judge(sample) else { return nil }
    guard rule.id == .signalPoor, violates else { return violates }
    // A sensor that is off, or a pulse that is missing, is told as such; that there is no usable
    // number follows from it. Until one of them is told, the seconds without a number count.
    return !isActive(.sensorOff) && !isActive(.noPulse)
  }

  func isActive(_ id: AlarmID) -> Bool { slots[id.index].alarm?.presence == .active }

  private mutating func note(_ rule: ContinuousRule, _ sample: OximeterReading) {
    let value = rule.value(sample)
    slots[rule.id.index].value = value
    slots[rule.id.index].remark = value.map(rule.isImprobable) == true ? .checkSensor : nil
  }

  /// The delay that is left by depth × time.
  private mutating func integrate(
    _ rule: ContinuousRule, _ sample: OximeterReading?, _ violates: Bool?, at now: Instant
  ) -> Duration {
    let condition = slots[rule.id.index].condition
    guard violates == true, let sample, let value = rule.value(sample) else {
      integral.freeze(at: now)
      return rule.delay
    }
    guard !condition.isActive else { return .zero }
    let rest = integral.take(
      points: policy.spo2.low - value, isNew: condition.isIdle, limit: policy.spo2.integral,
      at: now)
    slots[rule.id.index].condition.postpone(to: now + rest)
    return rest
  }

  /// Numbers that do not change are no numbers; see ``Stillness``.
  private mutating func judgeStillness(
    _ sample: OximeterReading?, _ waveMoves: Bool, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard let sample, sample.isUsable else {
      return observe(.frozen, nil, delay: .zero, clear: .seconds(5), at: now, emit: emit)
    }
    let limits = policy.technical
    let found = stillness.take(
      sample, waveMoves: waveMoves, low: .seconds(limits.frozenLowSeconds),
      medium: .seconds(limits.frozenMediumSeconds), at: now)
    observe(.frozen, found != nil, delay: .zero, clear: .seconds(5), at: now, emit: emit)
    if found == .medium { raise(.frozen, .medium, at: now, emit: emit) }
  }
}
