import Vitals

/// What cuffs say of their determinations.
///
/// One cuff of a chair takes our orders. A bedside monitor inflates its own when it likes: what it
/// measures goes on the chart and is judged alike, but it says nothing of where ours is.
extension ChairMonitor {
  mutating func take(
    _ step: Determination, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    switch step {
    case .inflating:
      schedule.cuff.begin(at: now)
      noteInflation(isRequest: false, at: now)
      emit(now, .event(.device(.cuff, .inflating)))
    case .cuffPressure(let mmHg):
      cuffPressure = mmHg
      takeCuffPressure(mmHg, at: now, emit: emit)
    case .result(let reading):
      cuffPressure = nil
      // A cuff that has a result has let go.
      takeCuffPressure(0, at: now, emit: emit)
      take(reading, from: .cuff, isOrdered: true, by: nil, at: now, emit: emit)
      noteDeflation(at: now, emit: emit)
    case .failed(.connectionLost) where schedule.cuff.isStopping:
      // We did not wait for a result any more.
      take(.aborted, at: now, emit: emit)
    case .failed(let why):
      endWithoutPulse(at: now, emit: emit)
      schedule.end(failed: true, at: now)
      emit(now, .event(.device(.cuff, .determinationFailed(why))))
      endStat(.failed, at: now, emit: emit)
      noteFailure(why, at: now, emit: emit)
    case .aborted:
      endWithoutPulse(at: now, emit: emit)
      // Stopped at the cuff itself, which a person did.
      if !schedule.cuff.isStopping { endStat(.aborted, at: now, emit: emit) }
      schedule.end(failed: false, at: now)
      emit(now, .event(.device(.cuff, .determinationAborted)))
    }
  }

  /// Takes what a device says of a cuff of its own, which we neither start nor stop.
  mutating func take(
    _ step: Determination, from slot: SlotName, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    switch step {
    case .result(let reading): take(reading, from: .cuff, by: nil, at: now, emit: emit)
    case .failed(let why):
      schedule.noteFailure()
      emit(now, .event(.device(slot, .determinationFailed(why))))
      noteFailure(why, at: now, emit: emit)
    case .inflating: emit(now, .event(.device(slot, .inflating)))
    case .aborted: emit(now, .event(.device(slot, .determinationAborted)))
    case .cuffPressure: break
    }
  }

  private mutating func noteFailure(
    _ why: DeterminationFailure, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    lastFailure = why
    guard session?.isMonitored == true else { return }
    alarms.raise(
      .cuffFailed, schedule.failuresInARow > 1 ? .medium : .low,
      value: schedule.failuresInARow, at: now
    ) { emit($0, Self.output($1)) }
  }

  private mutating func endWithoutPulse(at now: Instant, emit: (Instant, Output) -> Void) {
    cuffPressure = nil
    takeCuffPressure(nil, at: now, emit: emit)
    interlock.pulse.cancel()
    noteDeflation(at: now, emit: emit)
  }
}
