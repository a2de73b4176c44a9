/// Why the sound came back after a pause.
public enum AudioResumption: String, Hashable, Sendable {
  case expired, newHigh, byStaff, sessionEnded, restarted

  /// No pause is longer (`clinical.md` 3.4).
  public static let maximumPauseSeconds = 120
}
