/// Where a session stands (`clinical.md` 1.1).
public enum Phase: String, Hashable, Sendable, CaseIterable {
  case scheduled, baseline, infusing, observation, readyForSignOff
  case signedOff, transferred, leftAMA, aborted

  /// Whether the session is over.
  ///
  /// The daemon never enters such a phase by itself.
  public var isTerminal: Bool {
    switch self {
    case .signedOff, .transferred, .leftAMA, .aborted: true
    case .scheduled, .baseline, .infusing, .observation, .readyForSignOff: false
    }
  }

  /// Whether a session may begin with it.
  var isOpening: Bool { self == .scheduled || self == .baseline }

  /// Whether somebody sits in the chair and is watched.
  public var isMonitored: Bool {
    switch self {
    case .baseline, .infusing, .observation, .readyForSignOff: true
    case .scheduled, .signedOff, .transferred, .leftAMA, .aborted: false
    }
  }
}
