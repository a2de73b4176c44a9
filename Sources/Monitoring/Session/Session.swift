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
  /// The record's revision; reopening after the signature makes a new one.
  public internal(set) var revision = 1

  public internal(set) var chart = Chart()
  public internal(set) var checklist: Checklist = [:]
  public internal(set) var series: Series?
  /// Mandatory fields that are not there, kept because they are asked for every second.
  var missingFields: [String] = []
  public internal(set) var symptoms: [ChartedNote<SymptomReport>] = []
  public internal(set) var medications: [ChartedNote<Medication>] = []
  /// Litres per minute in tenths; 0 on room air.
  public internal(set) var oxygenTenths = 0
  /// Since when the patient breathes room air; `nil` for all the time, or while on oxygen.
  var roomAirSince: Instant?

  /// Since when the patient has been sitting quietly.
  var seatedSince: Instant?
  public internal(set) var baseline: Baseline?
  public internal(set) var baselineSource: BaselineSource?
  public internal(set) var baselineAcceptedBy: StaffID?
  var baselineAt: Instant?
  /// What was assessed before the drug.
  public internal(set) var baselineAssessment = Assessment()
  public internal(set) var holds: [Hold] = []

  /// What differs from the policy's preset, for this patient only.
  var ownPreset: Route.Preset?
  public internal(set) var doseStartedAt: Instant?
  public internal(set) var dosePausedAt: Instant?
  public internal(set) var doseEndedAt: Instant?
  /// The part of the dose clock that pauses have closed.
  var doseRun = Duration.zero
  var doseRunsSince: Instant?
  var isOverrunTold = false
  public internal(set) var devicesGiven: [Instant] = []
  /// Whether any dose of this visit was, for a clinical reason.
  var wasStoppedEarly = false

  public internal(set) var clock: ObservationClock?
  /// Until when a drug or a person keeps the patient, also before the clock runs.
  var holdUntil: Instant?
  public internal(set) var awaySince: Instant?
  /// When the patient came back, until the oximeter has been without a gap for 5 min since.
  var returnedAt: Instant?
  public internal(set) var assessment = Assessment()
  /// When each answer of ``assessment`` was given.
  var assessedAt: [String: Instant] = [:]
  var vomitedAt: Instant?
  public internal(set) var escort: Escort?
  /// The nurse who observes.
  public internal(set) var observer: StaffID?
  public internal(set) var waivers: [Waiver] = []
  public internal(set) var ledger = DischargeLedger()
  public internal(set) var checkpoints: [Checkpoint] = []

  /// All that were ever accepted, superseded ones too.
  public internal(set) var allSignatures: [Signature] = []
  /// Those of this revision that stand.
  var signatures: [Signature] = []
  /// Whose first signature has lapsed, until somebody signs anew or was told of it.
  var lapsedSigner: StaffID?
  /// A physiological alarm was HIGH before monitoring last ended.
  var hadHigh = false
  public internal(set) var departedAt: Instant?
  public internal(set) var handoverDoneAt: Instant?
  /// What is to be told to whom the patient is handed over.
  var handoverNote: String?
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

  public var isAwaitingSecondSignature: Bool { phase == .readyForSignOff && !signatures.isEmpty }

  /// The strictest hold in force.
  public var hold: HoldClass? { holds.map(\.level).max() }

  /// Whether somebody is watched: a patient who is transferred, until the handover is done.
  public var isMonitored: Bool {
    phase.isMonitored || (phase == .transferred && handoverDoneAt == nil)
  }

  /// How long the dose has run, pauses left out.
  func doseLength(at now: Instant) -> Duration {
    doseRun + (doseRunsSince.map { now - $0 } ?? .zero)
  }
}

/// What a baseline was made of (`clinical.md` 1.3).
public enum BaselineSource: String, Hashable, Sendable, CaseIterable {
  case cuff, manual, mixed
}
