import Vitals

/// The patient's call: said to a person, or by the button (`clinical.md` RQ-07).
extension ChairMonitor {
  private static let escalatesAfter = Duration.seconds(30)

  /// The button is down.
  mutating func takeCall(at now: Instant, emit: (Instant, Output) -> Void) {
    emit(now, .event(.audit(.patientCalled)))
    if session?.isMonitored == true { raiseCall(at: now, emit: emit) }
  }

  mutating func raiseCall(at now: Instant, emit: (Instant, Output) -> Void) {
    alarms.raise(.callStop, .medium, later: (now + Self.escalatesAfter, .high), at: now) {
      emit($0, Self.output($1))
    }
  }

  /// Ends a call that somebody has taken note of.
  ///
  /// While the drug runs it stands until the dose is stopped: that is what the patient asked for.
  mutating func answerCall(at now: Instant, emit: (Instant, Output) -> Void) {
    guard session?.phase != .infusing,
      activeAlarms.contains(where: { $0.id == .callStop && $0.acknowledgedBy != nil })
    else { return }
    end(.callStop, at: now, emit: emit)
  }
}
