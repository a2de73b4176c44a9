public import Vitals

/// One visit at one chair (`clinical.md` 1).
///
/// Changed only by ``ChairMonitor``.
public struct Session: Sendable {
  public internal(set) var phase: Phase
  public internal(set) var phaseSince: Instant
  public internal(set) var route: Route
  /// Initials or alias, as the wall may show it.
  public internal(set) var patient: String?
  public internal(set) var baseline: Baseline?
  var baselineAt: Instant?
  public internal(set) var hold: HoldClass?
  public internal(set) var doseStartedAt: Instant?
  public internal(set) var dosePausedAt: Instant?
  /// Whether any dose of this visit was.
  var wasStoppedEarly = false
  public internal(set) var clock: ObservationClock?
  public internal(set) var awaySince: Instant?
  public internal(set) var assessment = Assessment()
  public internal(set) var escort: Escort?
  var signatures: [(by: StaffID, at: Instant)] = []
  /// Limits that differ from the unit's preset.
  public internal(set) var changedLimits: [ChangedLimit] = []
  /// The station that answers for this chair; `nil` for any.
  public internal(set) var owner: StaffID?

  init(phase: Phase, at now: Instant, route: Route, patient: String?) {
    self.phase = phase
    phaseSince = now
    self.route = route
    self.patient = patient
  }

  public var isAwaitingSecondSignature: Bool { !signatures.isEmpty }
}
