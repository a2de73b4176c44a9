/// Why a pause of the sound or of all alarms ended, or a rule that was off is on again.
public enum AudioResumption: String, Hashable, Sendable {
  case expired, newHigh, byStaff, sessionEnded, restarted, linkLost

  /// No pause is longer (`clinical.md` 3.4).
  public static let maximumPauseSeconds = 120
}
