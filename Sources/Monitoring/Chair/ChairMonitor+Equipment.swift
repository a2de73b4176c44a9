public import Vitals

/// Breathing and batteries, on their way to the rules.
extension ChairMonitor {
  /// The last respiration rate, when it came, and who counted it (`nil` for a monitor).
  ///
  /// A counted one stands until the next, and is shown with its age; a monitor's that is older than 10 s
  /// is none.
  public func respiration(
    at now: Instant
  ) -> (rate: RespirationRate, at: Instant, by: StaffID?)? {
    guard let last = lastRespiration else { return nil }
    let isCurrent = last.by != nil || now - last.at <= AlarmMonitor.respirationKeepsFor
    return isCurrent ? last : nil
  }

  mutating func take(
    _ rate: RespirationRate, by staff: StaffID?, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    lastRespiration = (rate, now, staff)
    guard let staff else { return alarms.judge(rate, at: now) { emit($0, Self.output($1)) } }
    emit(now, .event(.audit(.respirationCounted(rate, by: staff))))
    alarms.judge(counted: rate, at: now) { emit($0, Self.output($1)) }
  }

  mutating func take(
    _ level: BatteryLevel, of slot: SlotName, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    alarms.take(level, of: slot, at: now) { emit($0, Self.output($1)) }
  }

  mutating func takeCuffPressure(
    _ mmHg: Int?, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    alarms.takeCuffPressure(mmHg, at: now) { emit($0, Self.output($1)) }
  }
}
