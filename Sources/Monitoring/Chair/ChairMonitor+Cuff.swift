import Vitals

/// When the cuff is started, and what happens when a blood pressure is missing.
extension ChairMonitor {
  var automaticStartAt: Instant? {
    hasCuff && session?.phase.isMonitored == true ? schedule.startAt : nil
  }

  mutating func startCuff(at now: Instant, emit: (Instant, Output) -> Void) {
    let cause: CuffOrderCause = schedule.noteStart(at: now) ? .retry : .scheduledStart
    order(cause, by: .system, at: now, emit: emit)
  }

  /// Why a person may not start the cuff now, or `nil`.
  func refusalToStart(at now: Instant) -> Refusal? {
    guard hasCuff else { return Refusal(.noCuff) }
    return schedule.mayStart(at: now) ? nil : Refusal(.cuffBusy)
  }

  /// Tells the cuff to start or to stop.
  ///
  /// From a start on the schedule counts it as working, so that no second order can follow before
  /// the device has answered.
  mutating func order(
    _ cause: CuffOrderCause, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    switch cause {
    case .operatorStart, .scheduledStart, .retry: schedule.begin()
    case .operatorAbort, .sessionEndAbort: break
    }
    emit(now, .event(.audit(.cuffOrdered(cause, by: staff))))
    emit(now, .order(cause))
  }

  /// When a missing blood pressure next becomes more urgent.
  var overdueAt: Instant? {
    guard session?.phase.isMonitored == true else { return nil }
    let technical = alarms.policy.technical
    return switch alarms.alarm(.pressureOverdue)?.priority {
    case nil: schedule.overdueAt(seconds: technical.pressureOverdueLowSeconds)
    case .low: schedule.overdueAt(seconds: technical.pressureOverdueMediumSeconds)
    case .medium, .high: nil
    }
  }

  mutating func raiseOverdue(at now: Instant, emit: (Instant, Output) -> Void) {
    let priority: Priority = alarms.alarm(.pressureOverdue) == nil ? .low : .medium
    if priority == .low, let due = schedule.dues.first {
      emit(now, .event(.checkpoint(Checkpoint(dueAt: due, isMet: false))))
    }
    raise(.pressureOverdue, priority, at: now, emit: emit)
  }

  mutating func endOverdueIfMet(at now: Instant, emit: (Instant, Output) -> Void) {
    let limit = alarms.policy.technical.pressureOverdueLowSeconds
    if schedule.dues.first.map({ $0 + .seconds(limit) <= now }) != true {
      end(.pressureOverdue, at: now, emit: emit)
    }
  }
}
