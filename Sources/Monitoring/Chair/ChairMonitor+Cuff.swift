import Vitals

/// When the cuff is started and stopped, and what happens when a blood pressure is missing.
extension ChairMonitor {
  var automaticStartAt: Instant? {
    hasCuff && session?.isMonitored == true ? schedule.startAt : nil
  }

  mutating func startCuff(at now: Instant, emit: (Instant, Output) -> Void) {
    let cause = schedule.noteStart(at: now)
    order(cause, by: schedule.stat?.owner ?? .system, at: now, emit: emit)
  }

  mutating func startCuff(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard hasCuff else { return Refusal(.noCuff) }
    guard !schedule.isWaiting else { return Refusal(.away) }
    guard schedule.stat == nil, schedule.mayStart(at: now) else { return Refusal(.cuffBusy) }
    schedule.noteOperatorStart()
    order(.operatorStart, by: staff, at: now, emit: emit)
    return nil
  }

  /// A determination that runs counts as the first of STAT mode.
  mutating func startStat(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard hasCuff else { return Refusal(.noCuff) }
    guard !schedule.isWaiting else { return Refusal(.away) }
    guard schedule.stat == nil else { return Refusal(.cuffBusy) }
    schedule.noteOperatorStart()
    schedule.stat = StatMode(owner: staff, at: now)
    let seconds = StatMode.length.wholeSeconds
    emit(now, .event(.audit(.statStarted(seconds: seconds, by: staff))))
    return nil
  }

  mutating func endStat(
    _ why: StatMode.End, by staff: StaffID = .system, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard schedule.stat != nil else { return }
    schedule.stat = nil
    emit(now, .event(.audit(.statEnded(why, by: staff))))
  }

  /// Stops the cuff, and STAT mode with it.
  ///
  /// The order goes out even when nothing of ours runs: who asks may see a cuff that does.
  mutating func abortCuff(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard hasCuff else { return Refusal(.noCuff) }
    schedule.noteOperatorAbort()
    endStat(.aborted, by: staff, at: now, emit: emit)
    order(.operatorAbort, by: staff, at: now, emit: emit)
    return nil
  }

  /// Tells the cuff to start or to stop.
  ///
  /// From a start on it counts as working, so that no second order can follow before the device
  /// has answered.
  mutating func order(
    _ cause: CuffOrderCause, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    if cause.isStart { schedule.cuff.begin(at: now) } else { schedule.cuff.stop() }
    emit(now, .event(.audit(.cuffOrdered(cause, by: staff))))
    emit(now, .order(cause))
  }

  /// A determination that outlasts its time has failed, whatever the device thinks.
  mutating func giveUpDetermination(at now: Instant, emit: (Instant, Output) -> Void) {
    if hasCuff { order(.timeOutAbort, by: .system, at: now, emit: emit) }
    take(.failed(.timeOut), at: now, emit: emit)
  }

  /// A cuff that can be told to start was connected, or is gone.
  mutating func connectCuff(
    _ isConnected: Bool, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    hasCuff = isConnected
    guard isConnected else {
      schedule.cuff.closeLine()
      return endStat(.disconnected, at: now, emit: emit)
    }
    schedule.cuff.openLine(at: now)
    guard schedule.cuff.isOutOfSight else { return }
    // What we started and lost sight of may still be inflated.
    order(.reconnectAbort, by: .system, at: now, emit: emit)
    schedule.cuff.end(at: now)
  }

  /// When a missing blood pressure next becomes more urgent.
  var overdueAt: Instant? {
    guard session?.isMonitored == true else { return nil }
    let technical = alarms.policy.technical
    return switch alarms.alarm(.pressureOverdue)?.priority {
    case nil: schedule.overdueAt(seconds: technical.pressureOverdueLowSeconds)
    case .low: schedule.overdueAt(seconds: technical.pressureOverdueMediumSeconds)
    case .medium, .high: nil
    }
  }

  mutating func raiseOverdue(at now: Instant, emit: (Instant, Output) -> Void) {
    let priority: Priority = alarms.alarm(.pressureOverdue) == nil ? .low : .medium
    raise(.pressureOverdue, priority, at: now, emit: emit)
  }

  mutating func endOverdueIfMet(at now: Instant, emit: (Instant, Output) -> Void) {
    let limit = alarms.policy.technical.pressureOverdueLowSeconds
    if schedule.nextDue.map({ $0 + .seconds(limit) <= now }) != true {
      end(.pressureOverdue, at: now, emit: emit)
    }
  }
}
