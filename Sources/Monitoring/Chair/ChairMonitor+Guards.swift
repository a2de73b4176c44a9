public import Vitals

/// What must be so for an event of the session, by the names in its table.
extension ChairMonitor {
  private static let baselineKeepsFor = Duration.seconds(900)
  private static let reopensFor = Duration.seconds(900)

  /// What an event would violate, in the order of its guards.
  func violations(
    of guards: [Guard], _ command: Command, by staff: StaffID, role: Role, at now: Instant
  ) -> [Refusal.Reason] {
    guards.compactMap { violation(of: $0, command, by: staff, role: role, at: now) }
  }

  /// Why a prescriber could not give a command now, as its guards have it; empty where one could,
  /// `nil` where it makes no sense in this phase.
  public func lacks(_ command: Command, at now: Instant) -> [Refusal.Reason]? {
    Transition.row(of: command.name, in: session?.phase).map {
      violations(of: $0.guards, command, by: .system, role: .prescriber, at: now)
    }
  }

  private func violation(
    of one: Guard, _ command: Command, by staff: StaffID, role: Role, at now: Instant
  ) -> Refusal.Reason? {
    func unless(_ isSo: Bool, _ reason: Refusal.Reason) -> Refusal.Reason? { isSo ? nil : reason }
    let session = session
    switch one {
    case .identified:
      if case .checkIn(_, _, isIdentified: false, _) = command { return .identifiers }
      return nil
    case .handedOver:
      let isPending = session?.phase == .transferred && session?.isMonitored == true
      return unless(!isPending, .handoverPending)
    case .roomAir: return unless(session?.oxygenTenths == 0, .notRoomAir)
    case .pressures:
      guard baselinePressure == nil else { return nil }
      return restedPressures.count < pressures.count ? .seatedRest : .baselinePressures
    case .samples: return unless(baselineSamples.count >= 60, .baselineSamples)
    case .clearableHold:
      return unless(session?.hold.map { $0 < .stop } == true, .hold)
    case .reason: return unless(command.reason?.isEmpty == false, .needsReason)
    case .secondReading: return unless(hasSecondReading(at: now), .secondReading)
    case .freshBaseline:
      let age = session?.baselineAt.map { now - $0 }
      return unless(age.map { $0 <= Self.baselineKeepsFor } == true, .baseline)
    case .anyBaseline: return unless(session?.baseline != nil, .baseline)
    case .noHold: return unless(session?.hold == nil, .hold)
    case .liveSpO2: return unless(freshSample(at: now) != nil, .noLiveSpO2)
    case .recentPressure:
      let age = pressures.last.map { now - $0.at }
      return unless(age.map { $0 <= .seconds(600) } == true, .noRecentPressure)
    case .station: return unless(stations > 0, .noStation)
    case .noHigh: return unless(!alarms.hasActiveHigh, .highAlarm)
    case .escortNamed:
      return unless(session?.escort != nil && session?.escort != Escort.none, .escort)
    case .checklist: return unless(session?.checklist.isComplete == true, .checklist)
    case .prescriber: return unless(role == .prescriber, .needsPrescriber)
    case .present: return unless(session?.awaySince == nil, .away)
    case .absent: return unless(session?.awaySince != nil, .notAway)
    case .running: return unless(session?.dosePausedAt == nil, .dosePaused)
    case .paused: return unless(session?.dosePausedAt != nil, .doseNotPaused)
    case .nextDevice:
      guard case .nasalDevice(let number) = command, let session else { return nil }
      guard session.route.nasalDevices > 0 else { return .wrongRoute }
      let isNext = number == session.devicesGiven.count + 1
      return unless(isNext && number <= session.route.nasalDevices, .wrongDevice)
    case .escortIsStaff:
      guard case .patientAway(let escort) = command else { return nil }
      return unless(escort != .system && roster.role(of: escort) != nil, .unknownStaff)
    case .observerIsNurse:
      guard case .handover(let nurse) = command else { return nil }
      return unless([.rn, .prescriber].contains(roster.role(of: nurse)), .notANurse)
    case .waivable:
      guard case .waive(let criterion, _) = command else { return nil }
      return reasonAgainstWaiving(criterion, at: now)
    case .weightTwice:
      guard case .chart(let chart) = command else { return nil }
      return unless(!chart.hasDisputedWeight, .weightDiffers)
    case .presetRight: return reasonAgainstPreset(command, role: role)
    case .notHandedOver: return unless(session?.handoverDoneAt == nil, .handedOver)
    case .handoverNote:
      guard case .handoverDone(let note) = command else { return nil }
      return unless((note ?? session?.handoverNote)?.isEmpty == false, .needsNote)
    case .advice:
      if case .leaveAMA(_, adviceGiven: false, _) = command { return .needsAdvice }
      return nil
    case .notDeparted: return unless(session?.departedAt == nil, .departed)
    case .justSigned:
      let age = session.map { now - $0.phaseSince }
      return unless(age.map { $0 <= Self.reopensFor } == true, .tooLate)
    case .manualReading:
      guard case .correction(let number, _, _) = command else { return nil }
      guard readings.indices.contains(number - 1) else { return .noSuchReading }
      return unless(readings[number - 1].source == .manual, .deviceReading)
    case .knownReading:
      guard case .annotate(.reading(let number), _) = command else { return nil }
      return unless(readings.indices.contains(number - 1), .noSuchReading)
    // ``sign(by:role:at:emit:)`` asks for these two, and answers with an event of its own.
    case .criteria, .signer: return nil
    }
  }

  /// Whether every hard hold has a reading that is younger than it.
  private func hasSecondReading(at now: Instant) -> Bool {
    (session?.holds ?? []).allSatisfy { hold in
      guard hold.level == .hard else { return true }
      return hold.cause == .oximeter
        ? freshSample(at: now) != nil : pressures.last.map { $0.at > hold.declaredAt } == true
    }
  }

  /// Why a prescriber could not waive a criterion now; `nil` where one could.
  public func reasonAgainstWaiving(
    _ criterion: Criterion, at now: Instant
  ) -> Refusal.Reason? {
    guard let session else { return .wrongPhase }
    let isWaivable: Bool
    switch criterion.waivability {
    case .never: isWaivable = false
    case .prescriber: isWaivable = true
    case .rideShare: isWaivable = session.escort == .rideShare
    case .slightlyDrowsy: isWaivable = session.assessment.isOnlySlightlyDrowsy
    case .afterFloor:
      guard session.route.isIntravenous || session.route == .im else { return .notWaivable }
      return timeToFloor(at: now) > .zero ? .waiverFloor : nil
    }
    return isWaivable ? nil : .notWaivable
  }

  private func reasonAgainstPreset(_ command: Command, role: Role) -> Refusal.Reason? {
    guard case .preset(let field, let text, _) = command, let session else { return nil }
    let old = preset
    var new = old
    guard field != .anchor, field.set(text, in: &new, of: session.route) else {
      return .outOfRange
    }
    return field.isLooser(new, than: old) && role != .prescriber ? .needsPrescriber : nil
  }
}

extension Command {
  /// Why, or what; empty where it is asked for and not given.
  var reason: String? {
    switch self {
    case .cancel(let text), .holdDeclared(let text), .holdCleared(let text),
      .abort(let text), .reopenClinical(let text), .addendum(let text), .note(let text),
      .waive(_, let text), .correction(_, _, let text), .annotate(_, let text),
      .extend(_, let text), .leaveAMA(let text, _, _):
      text
    case .lateEntry(let text, _, let reason): text.isEmpty ? "" : reason
    case .doseStart(_, let reason): reason
    default: nil
    }
  }
}
