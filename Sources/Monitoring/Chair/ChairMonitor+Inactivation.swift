public import Vitals

/// Pauses, rules that are off, answers to a routed alarm, and the chair's station (`clinical.md`
/// 3.4, 3.7).
extension ChairMonitor {
  /// What is paused or off at this chair.
  public var inactivation: Inactivation { alarms.inactivation }

  public var audioPausedUntil: Instant? { alarms.audioPausedUntil }

  /// What people get of an alarm's signal now.
  public func signal(of alarm: Alarm) -> AlarmSignal { alarms.signal(of: alarm) }

  mutating func pauseAudio(
    _ seconds: Int, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let isPaused = alarms.pauseAudio(seconds: seconds, by: staff, at: now) {
      emit($0, Self.output($1))
    }
    return isPaused ? nil : Refusal(.outOfRange)
  }

  mutating func pauseAlarms(
    _ seconds: Int, reason: String, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    alarms.pauseAlarms(seconds: seconds, reason: reason, by: staff, at: now) {
      emit($0, Self.output($1))
    }
  }

  mutating func turnOff(
    _ id: AlarmID, reason: String, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    alarms.turnOff(id, reason: reason, by: staff, at: now) { emit($0, Self.output($1)) }
  }

  mutating func turnOn(
    _ id: AlarmID, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let wasOff = alarms.turnOn(id, .byStaff, by: staff, at: now) { emit($0, Self.output($1)) }
    return wasOff ? nil : Refusal(.isNotOff)
  }

  /// Notes what a person answers to an alarm that was routed to him; the ward routes by it.
  mutating func answer(
    _ id: AlarmID, _ answer: AlarmAnswer, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard let alarm = alarms.alarm(id), alarm.presence == .active, alarm.acknowledgedBy == nil
    else { return Refusal(.nothingToAnswer) }
    emit(now, .event(.audit(.answered(id, alarm.serial, answer, by: staff))))
    return nil
  }

  /// Gives the chair to a station, or to any.
  mutating func setOwner(
    _ station: StaffID?, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    session?.owner = station
    emit(now, .event(.audit(.ownerSet(station, by: staff))))
  }

  /// Whoever relied on a station can no longer, once the last one is gone.
  mutating func connect(
    stations count: Int, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    if stations > 0, count == 0 { take(.left, at: now, emit: emit) }
    stations = count
  }

  /// Takes what the ward knows of the chair's link to its station (`clinical.md` 3.9).
  mutating func take(_ news: LinkNews, at now: Instant, emit: (Instant, Output) -> Void) {
    guard session?.phase.isMonitored == true else { return }
    switch news {
    case .left: alarms.endInactivation(.linkLost, at: now) { emit($0, Self.output($1)) }
    case .lost:
      alarms.endInactivation(.linkLost, at: now) { emit($0, Self.output($1)) }
      raise(.stationLink, .medium, at: now, emit: emit)
    case .back: end(.stationLink, at: now, emit: emit)
    case .undelivered: raise(.notDelivered, .medium, at: now, emit: emit)
    case .delivered: end(.notDelivered, at: now, emit: emit)
    }
  }
}

/// What becomes of the way from a chair to its station.
public enum LinkNews: Hashable, Sendable {
  /// The station said goodbye, or the chair was given to another.
  case left
  /// The station is silent.
  case lost
  case back
  /// No station has confirmed an alarm in time.
  case undelivered
  case delivered
}

/// What a person answers to an alarm that was routed to him (`clinical.md` 3.7).
public enum AlarmAnswer: String, Hashable, Sendable, CaseIterable {
  /// Goes there; nobody else is called. Silences nothing.
  case accepted
  /// Cannot go; the next ones are called now.
  case rejected
}
