import Vitals

/// The sign-off: who, how many, and under which criteria (`clinical.md` 1.6).
extension ChairMonitor {
  /// How many different people must sign.
  public var signaturesRequired: Int {
    guard let session else { return 1 }
    let byPreset = session.route.preset(alarms.policy.observation).signatures
    return session.wasStoppedEarly || alarms.hadHighPhysiological ? 2 : byPreset
  }

  mutating func sign(
    by staff: StaffID, role: Role, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let required = signaturesRequired
    let reasons = reasonsAgainstSigning(by: staff, role: role, at: now)
    let number = (session?.signatures.count ?? 0) + 1
    emit(
      now,
      .event(
        .signature(
          SignatureOutcome(
            isAccepted: reasons.isEmpty, by: staff, number: number, of: required,
            reasons: reasons))))
    guard reasons.isEmpty else {
      if reasons.contains(.firstSignatureVoid) { session?.signatures = [] }
      return Refusal(reasons)
    }
    if session?.phase == .observation {
      enter(.readyForSignOff, by: .system, at: now, emit: emit)
    }
    session?.signatures.append((staff, now))
    if number >= required {
      enter(.signedOff, by: staff, at: now, emit: emit)
    } else {
      change(.awaitingSecond, by: staff, at: now, emit: emit)
    }
    return nil
  }

  private func reasonsAgainstSigning(
    by staff: StaffID, role: Role, at now: Instant
  ) -> [Refusal.Reason] {
    guard let facts = dischargeFacts(at: now) else { return [.wrongPhase] }
    let unmet = facts.unmet.map(Refusal.Reason.criterion)
    guard unmet.isEmpty else { return unmet }
    guard let first = session?.signatures.first else { return [] }
    let window = Duration.seconds(alarms.policy.observation.secondSignatureSeconds)
    if now - first.at > window { return [.firstSignatureVoid] }
    if first.by == staff { return [.samePerson] }
    return role == .prescriber ? [] : [.needsPrescriber]
  }
}
