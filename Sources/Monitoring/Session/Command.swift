public import Vitals

/// What a person can ask of a chair.
public enum Command: Hashable, Sendable {
  case book(route: Route, patient: String?)
  /// `isIdentified`: two identifiers were compared with the patient, who has been sitting quietly for
  /// `seatedMinutes` already.
  case checkIn(
    route: Route, patient: String?, isIdentified: Bool = true, seatedMinutes: Int = 5)
  case cancel(reason: String)
  case baselineAccepted
  case holdDeclared(reason: String)
  case holdCleared(reason: String)
  /// With a reason where it is not the first dose.
  case doseStart(route: Route?, reason: String? = nil)
  case dosePause
  case doseResume
  /// An early stop without a cause counts as one for a clinical reason.
  case doseEnd(DoseEnding, cause: StopCause? = nil, reason: String? = nil)
  case stopRequested
  case patientAway(escort: StaffID)
  case patientReturned
  /// Lengthens the observation by whole minutes.
  case extend(minutes: Int, reason: String)
  case assess(Assessment)
  case escort(Escort)
  case sign
  case transfer(destination: String, note: String? = nil)
  /// Monitoring ends with it.
  case handoverDone(note: String? = nil)
  case leaveAMA(reason: String, adviceGiven: Bool = true, refusalForm: Bool = false)
  case abort(reason: String)
  case departed(with: String)
  case chart(Chart)
  case checklist(Checklist)
  case series(Series)
  case symptom(SymptomReport)
  case medication(Medication)
  /// Litres per minute in tenths; 0 for room air.
  case oxygen(tenths: Int)
  case nasalDevice(number: Int)
  /// Another nurse observes from now on.
  case handover(to: StaffID)
  case preset(PresetField, value: String, reason: String?)
  case waive(Criterion, reason: String)
  case reopenClinical(reason: String)
  case addendum(String)
  case lateEntry(String, secondsAgo: Int, reason: String)
  case correction(reading: Int, BloodPressure, reason: String)
  case annotate(ArtefactTarget, reason: String)
  case note(String)
  case acknowledge(AlarmID?)
  case audioPause(seconds: Int)
  case audioResume
  /// Holds the signals of LOW and MEDIUM alarms back while care is given, at most 180 s.
  case alarmPause(seconds: Int, reason: String)
  case alarmResume
  /// Turns a rule off until the session ends, and on again.
  case alarmOff(AlarmID, reason: String)
  case alarmOn(AlarmID)
  /// Answers an alarm that was routed (`clinical.md` 3.7).
  case answer(AlarmID, AlarmAnswer)
  /// Gives the chair to a station; `nil` for any.
  case owner(StaffID?)
  /// Pauses the sound at a station, at most 120 s; given to the ward.
  case stationPause(StaffID, seconds: Int)
  case stationResume(StaffID)
  /// Changed limits were looked at after a gap.
  case confirmLimits
  /// Changes one limit for this session; `field` is a name of ``Policy/fields``.
  case setLimit(field: String, value: Int, reason: String?)
  /// Says where cuff, oximeter and infusion are; what is left out stays as it was.
  case limbs(Limbs)
  case nibpStart
  /// Back-to-back determinations for a few minutes (``StatMode``); `nibpAbort` ends it early.
  case nibpStat
  case nibpAbort
  /// Replaces the due times of blood pressures, in seconds from dose start or, before it, from
  /// now.
  case schedule(dueSeconds: [Int], startsByItself: Bool)

  public var name: CommandName {
    switch self {
    case .book: .book
    case .checkIn: .checkIn
    case .cancel: .cancel
    case .baselineAccepted: .baselineAccepted
    case .holdDeclared: .holdDeclared
    case .holdCleared: .holdCleared
    case .doseStart: .doseStart
    case .dosePause: .dosePause
    case .doseResume: .doseResume
    case .doseEnd: .doseEnd
    case .stopRequested: .stopRequested
    case .patientAway: .patientAway
    case .patientReturned: .patientReturned
    case .extend: .extend
    case .assess: .assess
    case .escort: .escort
    case .sign: .sign
    case .transfer: .transfer
    case .leaveAMA: .leaveAMA
    case .abort: .abort
    case .departed: .departed
    case .handoverDone: .handoverDone
    case .chart: .chart
    case .checklist: .checklist
    case .series: .series
    case .symptom: .symptom
    case .medication: .medication
    case .oxygen: .oxygen
    case .nasalDevice: .nasalDevice
    case .handover: .handover
    case .preset: .preset
    case .waive: .waive
    case .reopenClinical: .reopenClinical
    case .addendum: .addendum
    case .lateEntry: .lateEntry
    case .correction: .correction
    case .annotate: .annotate
    case .note: .note
    case .acknowledge: .acknowledge
    case .audioPause: .audioPause
    case .audioResume: .audioResume
    case .alarmPause: .alarmPause
    case .alarmResume: .alarmResume
    case .alarmOff: .alarmOff
    case .alarmOn: .alarmOn
    case .answer: .answer
    case .owner: .owner
    case .stationPause: .stationPause
    case .stationResume: .stationResume
    case .confirmLimits: .confirmLimits
    case .setLimit: .setLimit
    case .limbs: .limbs
    case .nibpStart: .nibpStart
    case .nibpStat: .nibpStat
    case .nibpAbort: .nibpAbort
    case .schedule: .schedule
    }
  }
}

/// How a dose ended.
public enum DoseEnding: String, Hashable, Sendable, CaseIterable {
  case completed
  case stoppedEarly
}

/// Why a dose was stopped early: the first needs two signatures (`clinical.md` 1.6).
public enum StopCause: String, Hashable, Sendable, CaseIterable {
  case clinical, patientRequest
}

/// Who takes the patient home (`clinical.md` RQ-14).
public enum Escort: String, Hashable, Sendable, CaseIterable {
  case toBeConfirmed, responsibleAdult, rideShare, none
}

/// The names of commands, as recordings, the API and the audit log write them.
public enum CommandName: String, Hashable, Sendable, CaseIterable {
  case book, checkIn, cancel, baselineAccepted, holdDeclared, holdCleared, doseStart, dosePause
  case doseResume, doseEnd, stopRequested, patientAway, patientReturned, extend, assess, escort
  case sign, transfer, leaveAMA, abort, departed, note, acknowledge, audioPause, audioResume
  case setLimit, limbs, nibpStart, nibpStat, nibpAbort, schedule
  case chart, checklist, series, symptom, medication, oxygen, nasalDevice, handover, preset, waive
  case handoverDone, reopenClinical, addendum, lateEntry, correction, annotate
  case alarmPause, alarmResume, alarmOff, alarmOn, answer, owner, stationPause, stationResume
  case confirmLimits

  /// Whether a session begins with it, when it is carried out.
  public var opensSession: Bool { self == .book || self == .checkIn }

  /// Who may give it, and in which phases it makes sense (`clinical.md` 1.2).
  ///
  /// `nil` phases stand for a chair without a session.
  struct Rule {
    let roles: Set<Role>
    let phases: Set<Phase?>

    init(roles: Set<Role>, phases: Set<Phase?>) {
      self.roles = roles
      self.phases = phases
    }

    init(_ rows: [Transition]) {
      roles = rows.reduce([]) { $0.union($1.roles) }
      phases = rows.reduce([]) { $0.union($1.from) }
    }
  }

  private static let anyone: Set<Role> = [.assistant, .rn, .prescriber, .admin]
  private static let clinical: Set<Role> = [.rn, .prescriber]
  static let monitored: Set<Phase?> = [
    .baseline, .infusing, .observation, .readyForSignOff,
  ]
  private static let always: Set<Phase?> = Set(Phase.allCases + [nil])

  /// Who may give it, in the order of the roles; the rules may ask for more.
  public var roles: [Role] { Role.allCases.filter(rule.roles.contains) }

  /// The phases in which it makes sense; `nil` stands for a chair without a session.
  public var phases: [Phase?] { ([nil] + Phase.allCases).filter(rule.phases.contains) }

  /// The events of a session have their rows in ``Transition/table``.
  var rule: Rule {
    switch self {
    case .book, .checkIn, .cancel, .baselineAccepted, .holdDeclared, .holdCleared, .doseStart,
      .dosePause, .doseResume, .doseEnd, .stopRequested, .patientAway, .patientReturned, .extend,
      .sign, .transfer, .leaveAMA, .abort, .departed, .chart, .checklist, .series, .symptom,
      .medication, .oxygen, .nasalDevice, .handover, .preset, .waive, .handoverDone,
      .reopenClinical, .addendum, .lateEntry, .correction, .annotate:
      Rule(Transition.rows(of: self))
    case .assess, .escort: Rule(roles: Self.clinical, phases: Self.monitored)
    case .note:
      Rule(roles: Self.anyone, phases: Self.monitored)
    case .acknowledge, .audioPause, .audioResume:
      Rule(roles: Self.anyone, phases: Self.monitored)
    case .alarmPause, .alarmResume, .answer, .stationPause, .stationResume:
      Rule(roles: Self.anyone, phases: Self.monitored)
    case .alarmOff: Rule(roles: [.prescriber], phases: Self.monitored)
    case .alarmOn, .owner, .confirmLimits: Rule(roles: Self.clinical, phases: Self.monitored)
    case .setLimit: Rule(roles: Self.clinical, phases: Self.monitored)
    // A cuff on the infusion's limb is a prescriber's decision; the guard asks for it.
    case .limbs: Rule(roles: Self.anyone, phases: Self.monitored)
    case .nibpStart, .nibpStat, .schedule: Rule(roles: Self.clinical, phases: Self.monitored)
    // Always in reach, since a cuff may inflate that nobody here has started. And all that the
    // daemon may do by itself: it stops what it started when it shuts down.
    case .nibpAbort: Rule(roles: Self.clinical.union([.system]), phases: Self.always)
    }
  }
}
