import Vitals

/// Pauses of the sound (`clinical.md` 3.4).
extension AlarmMonitor {
  /// Pauses the sound, at most 120 s.
  ///
  /// Refused (false) outside 1...120.
  mutating func pauseAudio(
    seconds: Int, by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Bool {
    guard (1...AudioResumption.maximumPauseSeconds).contains(seconds) else { return false }
    audioPausedUntil = now + .seconds(seconds)
    emit(now, .audioPaused(seconds: seconds, by: staff))
    return true
  }

  mutating func resumeAudio(
    _ why: AudioResumption, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard audioPausedUntil != nil else { return }
    audioPausedUntil = nil
    emit(now, .audioResumed(why))
  }
}
