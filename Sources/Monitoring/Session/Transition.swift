/// One row of the session's state machine (`clinical.md` 1.2).
public struct Transition: Sendable {
  public enum Event: Hashable, Sendable {
    case command(CommandName)
    /// Every criterion is true right now.
    case criteriaMet
    case criterionLost
  }

  public let event: Event
  /// `nil` stands for a chair without a session.
  public let from: Set<Phase?>
  public let roles: Set<Role>
  public let guards: [Guard]
  /// Where it leads; empty for an event that stays in its phase.
  public let to: Set<Phase>

  private static let anyone: Set<Role> = [.assistant, .rn, .prescriber, .admin]
  private static let clinical: Set<Role> = [.rn, .prescriber]
  private static let ended: Set<Phase?> = [.signedOff, .transferred, .leftAMA, .aborted]
  private static let idle: Set<Phase?> = ended.union([nil])
  private static let watched: Set<Phase?> = [.baseline, .infusing, .observation, .readyForSignOff]
  private static let afterDose: Set<Phase?> = [.infusing, .observation, .readyForSignOff]
  private static let observed: Set<Phase?> = [.observation, .readyForSignOff]

  /// Every event of a session, in the order of a visit.
  ///
  /// What is not in here is illegal: it is refused, audited, and changes nothing.
  public static let table: [Transition] = [
    on(.book, from: idle, by: anyone, [.handedOver], to: .scheduled),
    on(
      .checkIn, from: idle.union([.scheduled]), by: anyone, [.identified, .handedOver],
      to: .baseline),
    on(.cancel, from: [.scheduled], by: anyone, to: .aborted),

    on(.checklist, from: [.baseline], by: clinical),
    on(.baselineAccepted, from: [.baseline], by: clinical, [.roomAir, .pressures, .samples]),
    on(.holdDeclared, from: [.baseline], by: clinical),
    on(
      .holdCleared, from: [.baseline], by: [.prescriber], [.clearableHold, .reason, .secondReading]),
    on(.abort, from: [.baseline], by: anyone, to: .aborted),
    on(
      .doseStart, from: [.baseline], by: clinical,
      [
        .freshBaseline, .noHold, .liveSpO2, .recentPressure, .station, .noHigh, .escortNamed,
        .checklist,
      ], to: .infusing),
    on(
      .doseStart, from: [.observation], by: clinical,
      [
        .prescriber, .reason, .anyBaseline, .noHold, .present, .liveSpO2, .recentPressure, .station,
        .noHigh,
        .escortNamed,
      ], to: .infusing),

    on(.dosePause, from: [.infusing], by: clinical, [.running]),
    on(.doseResume, from: [.infusing], by: clinical, [.paused]),
    on(.nasalDevice, from: [.infusing], by: clinical, [.nextDevice]),
    on(.stopRequested, from: [.infusing], by: anyone),
    on(.doseEnd, from: [.infusing], by: clinical, to: .observation),

    on(.patientAway, from: observed, by: anyone, [.present, .escortIsStaff]),
    on(.patientReturned, from: observed, by: anyone, [.absent]),
    on(.extend, from: observed, by: clinical),
    on(.waive, from: observed, by: [.prescriber], [.waivable, .reason]),
    Transition(
      event: .criteriaMet, from: [.observation], roles: [.system], guards: [],
      to: [.readyForSignOff]),
    Transition(
      event: .criterionLost, from: [.readyForSignOff], roles: [.system], guards: [],
      to: [.observation]),
    Transition(
      event: .command(.sign), from: observed, roles: clinical, guards: [.criteria, .signer],
      to: [.readyForSignOff, .signedOff]),
    on(.sign, from: [.transferred], by: clinical, [.signer]),

    on(.chart, from: watched.union([.scheduled]), by: anyone, [.weightTwice]),
    on(.series, from: watched.union([.scheduled]), by: anyone),
    on(.symptom, from: watched, by: anyone),
    on(.medication, from: watched, by: clinical),
    on(.oxygen, from: watched, by: clinical),
    on(.handover, from: watched, by: clinical, [.observerIsNurse]),
    on(.preset, from: watched, by: clinical, [.presetRight]),

    on(.transfer, from: watched, by: clinical, to: .transferred),
    on(.handoverDone, from: [.transferred], by: clinical, [.notHandedOver, .handoverNote]),
    on(.leaveAMA, from: afterDose, by: clinical, [.advice], to: .leftAMA),
    on(.departed, from: [.signedOff], by: anyone, [.notDeparted]),
    on(
      .reopenClinical, from: [.signedOff], by: clinical, [.notDeparted, .justSigned, .reason],
      to: .observation),
    on(.addendum, from: ended, by: clinical, [.reason]),
    on(.lateEntry, from: ended.union(watched), by: clinical, [.reason]),
    on(.correction, from: ended.union(watched), by: clinical, [.manualReading, .reason]),
    on(.annotate, from: ended.union(watched), by: clinical, [.knownReading, .reason]),
  ]

  private static func on(
    _ command: CommandName, from: Set<Phase?>, by roles: Set<Role>, _ guards: [Guard] = [],
    to: Phase? = nil
  ) -> Transition {
    Transition(
      event: .command(command), from: from, roles: roles, guards: guards,
      to: to.map { [$0] } ?? [])
  }

  /// The rows of a command; empty for one that is no event of the session.
  static func rows(of command: CommandName) -> [Transition] {
    table.filter { $0.event == .command(command) }
  }

  /// The row that an event takes in a phase.
  static func row(of command: CommandName, in phase: Phase?) -> Transition? {
    table.first { $0.event == .command(command) && $0.from.contains(phase) }
  }
}

/// What must be so for an event of the session to happen.
public enum Guard: String, Hashable, Sendable, CaseIterable {
  /// Two identifiers were confirmed.
  case identified
  /// Nobody is being handed over at this chair.
  case handedOver
  case roomAir
  /// Two pressures a minute apart that agree, or three.
  case pressures
  /// 60 valid oximeter seconds.
  case samples
  /// There is a hold, and it is not of class stop.
  case clearableHold
  case reason
  /// After a hard hold, a second reading since it was declared.
  case secondReading
  /// Accepted, at most 15 min ago.
  case freshBaseline
  case anyBaseline
  case noHold
  case liveSpO2
  /// At most 10 min old.
  case recentPressure
  case station
  case noHigh
  case escortNamed
  case checklist
  case prescriber
  case present
  case absent
  case running
  case paused
  case nextDevice
  /// Who goes with the patient is on the staff.
  case escortIsStaff
  /// By the table of ``Criterion/waivability``.
  case waivable
  case criteria
  /// Another person, in time, in the right role.
  case signer
  /// The weight was entered twice, and agrees.
  case weightTwice
  case observerIsNurse
  /// In range, and a prescriber where it loosens.
  case presetRight
  case notHandedOver
  case handoverNote
  case advice
  case notDeparted
  case justSigned
  case manualReading
  case knownReading
}
