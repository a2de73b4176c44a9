import Vitals

/// Which due time of a blood pressure each reading belongs to (`clinical.md` 2.4).
extension ChairMonitor {
  private var overdueAfter: Duration {
    .seconds(alarms.policy.technical.pressureOverdueLowSeconds)
  }

  mutating func noteCheckpoints(
    _ dues: [Instant], at now: Instant, emit: (Instant, Output) -> Void
  ) {
    for one in Checkpoint.match(dues, readingAt: now, overdueAfter: overdueAfter) {
      note(one, at: now, emit: emit)
    }
  }

  /// Gives the cuff another plan; what the old one still waits for, and is overdue, was missed.
  mutating func replan(
    _ dues: [Instant], startsByItself: Bool, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    noteMissed(at: now, emit: emit)
    schedule.replace(dues, startsByItself: startsByItself)
  }

  mutating func noteMissed(at now: Instant, emit: (Instant, Output) -> Void) {
    for due in schedule.open(at: now) where due + overdueAfter <= now {
      note(Checkpoint(dueAt: due, result: .missed, readingAt: nil), at: now, emit: emit)
    }
  }

  private mutating func note(
    _ checkpoint: Checkpoint, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    session?.checkpoints.append(checkpoint)
    emit(now, .event(.checkpoint(checkpoint)))
  }
}
