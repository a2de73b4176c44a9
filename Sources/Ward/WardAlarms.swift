public import Monitoring
import Vitals

/// Alarms that belong to no single chair: the log's and the stations'.
public struct WardAlarms: Hashable, Sendable {
  /// In the order in which they were raised.
  private var raised: [Alarm]
  private var serial: Int

  /// Those that stood when `count` had been raised.
  init(count: Int = 0, raised: [Alarm] = []) {
    serial = count
    self.raised = raised
  }

  /// Highest priority first, then newest, as every list shows them.
  public var active: [Alarm] {
    raised.sorted { ($0.priority, $0.serial) > ($1.priority, $1.serial) }
  }

  public subscript(_ id: AlarmID) -> Alarm? { raised.first { $0.id == id } }

  /// `LOG_FAIL`: what is decided does not reach the disk.
  public var logFailing: Alarm? { self[.logFailing] }

  mutating func take(_ health: LogHealth, at now: Instant, emit: (AlarmChange) -> Void) {
    switch health {
    case .well: end(.logFailing, emit: emit)
    case .late, .lowSpace: raise(.logFailing, .low, at: now, emit: emit)
    case .renewed: raise(.logFailing, .low, remark: .newLog, at: now, emit: emit)
    case .failing: raise(.logFailing, .high, at: now, emit: emit)
    }
  }

  /// `STATION_SILENT`: a chair is watched, and no station can be heard.
  mutating func take(_ reach: SoundReach, at now: Instant, emit: (AlarmChange) -> Void) {
    switch reach {
    case .stations: end(.stationSilent, emit: emit)
    case .hostOnly: raise(.stationSilent, .medium, at: now, emit: emit)
    case .nobody:
      // Who has taken note of silent stations relied on the server's loudspeaker.
      if let standing = self[.stationSilent], standing.remark != .hostSilent {
        end(.stationSilent, emit: emit)
      }
      raise(.stationSilent, .medium, remark: .hostSilent, at: now, emit: emit)
    }
  }

  /// Raises an alarm, or escalates it; never lowers it.
  mutating func raise(
    _ id: AlarmID, _ priority: Priority, remark: Alarm.Remark? = nil, at now: Instant,
    emit: (AlarmChange) -> Void
  ) {
    guard let index = raised.firstIndex(where: { $0.id == id }) else {
      serial += 1
      raised.append(
        Alarm(
          id: id, serial: serial, priority: priority, presence: .active, raisedAt: now,
          remark: remark))
      return change(raised.count - 1, .raised, emit: emit)
    }
    guard raised[index].priority < priority else { return }
    raised[index].priority = priority
    raised[index].acknowledgedBy = nil
    raised[index].remark = remark
    change(index, .escalated, emit: emit)
  }

  mutating func end(_ id: AlarmID, emit: (AlarmChange) -> Void) {
    guard let index = raised.firstIndex(where: { $0.id == id }) else { return }
    change(index, .cleared, emit: emit)
    raised.remove(at: index)
  }

  /// Acknowledges one alarm, or all; false when there is none.
  mutating func acknowledge(
    _ id: AlarmID?, by staff: StaffID, emit: (AlarmChange) -> Void
  ) -> Bool {
    let found = raised.indices.filter {
      (id == nil || raised[$0].id == id) && raised[$0].acknowledgedBy == nil
    }
    for index in found {
      raised[index].acknowledgedBy = staff
      change(index, .acknowledged, by: staff, emit: emit)
    }
    return !found.isEmpty
  }

  private mutating func change(
    _ index: Int, _ step: AlarmChange.Step, by staff: StaffID? = nil, emit: (AlarmChange) -> Void
  ) {
    raised[index].revision += 1
    emit(AlarmChange(alarm: raised[index], step: step, by: staff))
  }
}
