public import Monitoring
import Vitals

/// Alarms that belong to no single chair: today the log's.
public struct WardAlarms: Hashable, Sendable {
  /// `LOG_FAIL`: what is decided does not reach the disk.
  public private(set) var logFailing: Alarm?
  private var serial = 0

  mutating func take(_ health: LogHealth, at now: Instant, emit: (AlarmChange) -> Void) {
    switch (health, logFailing) {
    case (.well, let alarm?):
      logFailing = nil
      emit(AlarmChange(alarm: alarm, step: .cleared))
    case (.late, nil), (.lowSpace, nil), (.failing, nil):
      serial += 1
      let alarm = Alarm(
        id: .logFailing, serial: serial, priority: health == .failing ? .high : .low,
        presence: .active, raisedAt: now)
      logFailing = alarm
      emit(AlarmChange(alarm: alarm, step: .raised))
    case (.failing, var alarm?) where alarm.priority < .high:
      alarm.priority = .high
      alarm.acknowledgedBy = nil
      logFailing = alarm
      emit(AlarmChange(alarm: alarm, step: .escalated))
    case (.well, nil), (.late, _?), (.lowSpace, _?), (.failing, _?): break
    }
  }

  mutating func acknowledge(
    _ id: AlarmID?, by staff: StaffID, emit: (AlarmChange) -> Void
  ) -> Bool {
    guard id == nil || id == .logFailing, var alarm = logFailing, alarm.acknowledgedBy == nil
    else { return false }
    alarm.acknowledgedBy = staff
    logFailing = alarm
    emit(AlarmChange(alarm: alarm, step: .acknowledged, by: staff))
    return true
  }
}
