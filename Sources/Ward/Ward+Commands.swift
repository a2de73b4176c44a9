import Monitoring
import Vitals

/// What can be asked of the ward itself rather than of a chair.
extension Ward {
  /// Only a station that can be relied on may answer for a chair.
  func reasonAgainstOwner(_ command: Command) -> Refusal.Reason? {
    guard case .owner(let station?) = command else { return nil }
    return book.confirming.contains(station) ? nil : .noSuchStation
  }

  mutating func performOnWard(
    _ command: Command, of chair: ChairID, by staff: StaffID, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    guard chair == .ward else { return Refusal(.noSuchChair) }
    guard roster.role(of: staff) != nil else { return Refusal(.unknownStaff) }
    switch command {
    case .acknowledge(let id): return acknowledge(id, by: staff, at: now, emit: emit)
    case .answer(let id, let answer):
      guard let alarm = wardAlarms[id], alarm.acknowledgedBy == nil else {
        return Refusal(.nothingToAnswer)
      }
      let entry = AuditEntry.answered(id, alarm.serial, answer, by: staff)
      emit(now, .event(.ward, .audit(entry)))
      desk.take(.audit(entry), at: now) { emit(now, .event(.ward, .audit($0))) }
    case .stationPause(let station, let seconds):
      guard (1...AudioResumption.maximumPauseSeconds).contains(seconds) else {
        return Refusal(.outOfRange)
      }
      guard book.pause(station, seconds: seconds, by: staff, at: now) else {
        return Refusal(.noSuchStation)
      }
      emit(
        now,
        .event(.ward, .audit(.stationAudioPaused(station, seconds: seconds, by: staff))))
      settleDesks(at: now, emit: emit)
    case .stationResume(let station):
      guard book.confirming.contains(station) else { return Refusal(.noSuchStation) }
      for station in book.resume(station) {
        emit(
          now, .event(.ward, .audit(.stationAudioResumed(station, .byStaff, by: staff))))
      }
      settleDesks(at: now, emit: emit)
    default: return Refusal(.noSuchChair)
    }
    return nil
  }

  private mutating func acknowledge(
    _ id: AlarmID?, by staff: StaffID, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    var found = false
    changeWardAlarms(at: now, emit: emit) { found = $0.acknowledge(id, by: staff, emit: $1) }
    guard found else { return Refusal(.nothingToAcknowledge) }
    // A station that is gone for good is given up by whoever acknowledges that, once another one
    // stands in its place.
    if wardAlarms[.stationLink]?.acknowledgedBy != nil, !book.confirming.isEmpty {
      book.forgetLost()
      take([], at: now, emit: emit)
    }
    return nil
  }
}
