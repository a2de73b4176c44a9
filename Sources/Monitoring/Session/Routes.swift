/// Whom an alarm calls (`clinical.md` 3.7).
public enum RouteTarget: String, Hashable, Sendable, CaseIterable {
  /// The chair's station and its mobile; any station where the chair has none.
  case owner
  case allStations
  /// The prescriber, or who is on call.
  case prescriber
}

/// Why an alarm was passed on.
public enum RouteCause: String, Hashable, Sendable, CaseIterable {
  /// Nobody has answered in time.
  case undefined
  case rejected
  /// Who accepted has not acknowledged it at the chair.
  case notAcknowledged
  /// No station has confirmed that it is shown.
  case notDelivered
  /// No station has said that it sounds.
  case notSounded
}

/// Why the sounder at a chair was turned on or off.
public enum ChairAudioCause: String, Hashable, Sendable, CaseIterable {
  /// A station that confirms is linked.
  case linked
  case linkLost
  /// The station said goodbye, or the chair was given to another.
  case stationLeft
  case notDelivered
  /// The station shows the chair, and says that nobody can see or hear it.
  case stationSilent
  case sessionEnded
}
