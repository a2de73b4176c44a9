public import Vitals

/// The sign-off: who, how many, and under which criteria (`clinical.md` 1.6).
extension ChairMonitor {
  /// How many different people must sign.
  public var signaturesRequired: Int { secondSignatureReasons.isEmpty ? 1 : 2 }

  /// Why one signature is not enough.
  public var secondSignatureReasons: [SecondSignature] { reasonsForTwo(first: nil) }

  /// `first` is who would sign first.
  private func reasonsForTwo(first: StaffID?) -> [SecondSignature] {
    guard let session else { return [] }
    let signer = session.signatures.first?.by ?? first
    return [
      (SecondSignature.preset, preset.signatures > 1),
      (.waiver, !session.waivers.isEmpty),
      (.highAlarm, session.hadHigh || alarms.hadHighPhysiological),
      (.stoppedEarly, session.wasStoppedEarly),
      (.rescueDrug, session.medications.contains { $0.content.kind.isRescue }),
      (.transfer, session.phase == .transferred),
      (
        .observerChanged,
        session.observer.flatMap { observer in signer.map { $0 != observer } } == true
      ),
    ].compactMap { $1 ? $0 : nil }
  }

  mutating func sign(
    by staff: StaffID, role: Role, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let required = reasonsForTwo(first: staff).isEmpty ? 1 : 2
    let reasons = reasonsAgainstSigning(by: staff, role: role, at: now)
    let isLapsed = reasons.contains(.firstSignatureVoid)
    let number = (session?.signatures.count ?? 0) + (isLapsed ? 2 : 1)
    let meaning = meaning(ofSignature: number)
    guard reasons.isEmpty else {
      emit(
        now,
        .event(
          .signature(
            SignatureOutcome(
              isAccepted: false, by: staff, number: number, of: required, reasons: reasons,
              meaning: meaning))))
      // Who was told so may begin anew.
      if isLapsed { session?.lapsedSigner = nil }
      return Refusal(reasons)
    }
    accept(meaning, number: number, of: required, by: staff, at: now, emit: emit)
    guard session?.phase != .transferred else { return nil }
    if session?.phase == .observation {
      noteCriteria([], at: now, emit: emit)
      enter(.readyForSignOff, by: .system, at: now, emit: emit)
    }
    if number >= required {
      enter(.signedOff, by: staff, at: now, emit: emit)
    } else {
      change(.awaitingSecond, by: staff, at: now, emit: emit)
    }
    return nil
  }

  private func meaning(ofSignature number: Int) -> Signature.Meaning {
    if session?.phase == .transferred { return .transfer }
    return number == 1 ? .observationComplete : .dischargeAuthorised
  }

  /// Puts a signature on the record.
  mutating func accept(
    _ meaning: Signature.Meaning, number: Int, of required: Int, by staff: StaffID,
    at now: Instant, emit: (Instant, Output) -> Void
  ) {
    let signature = Signature(
      by: staff, at: now, meaning: meaning, revision: session?.revision ?? 1)
    session?.signatures.append(signature)
    session?.allSignatures.append(signature)
    session?.lapsedSigner = nil
    emit(
      now,
      .event(
        .signature(
          SignatureOutcome(
            isAccepted: true, by: staff, number: number, of: required, reasons: [],
            meaning: meaning))))
  }

  /// Signatures that no longer stand; they stay on the record as superseded.
  mutating func voidSignatures(
    _ why: Refusal.Reason, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let voided = session?.signatures, !voided.isEmpty else { return }
    session?.signatures = []
    for index in session?.allSignatures.indices ?? 0..<0 {
      session?.allSignatures[index].isSuperseded = true
    }
    emit(now, .event(.audit(.signaturesVoided(voided.map(\.by), why: why))))
  }

  /// The first instant of the log at which the second signature is too late (`clinical.md` 1.6).
  public var signatureLapsesAt: Instant? {
    guard session?.phase == .readyForSignOff, let first = session?.signatures.first else {
      return nil
    }
    let window = Duration.seconds(alarms.policy.observation.secondSignatureSeconds)
    return first.at + window + .milliseconds(1)
  }

  /// The second signature has not come in time.
  mutating func lapseSignature(at now: Instant, emit: (Instant, Output) -> Void) {
    let signer = session?.signatures.first?.by
    session?.lapsedSigner = signer
    voidSignatures(.firstSignatureVoid, at: now, emit: emit)
    let reason = Refusal.Reason.firstSignatureVoid.name
    change(nil, by: .system, reason: reason, at: now, emit: emit)
  }

  private func reasonsAgainstSigning(
    by staff: StaffID, role: Role, at now: Instant
  ) -> [Refusal.Reason] {
    if session?.phase == .transferred {
      guard session?.signatures.count == 1 else { return [.wrongPhase] }
    } else {
      guard let facts = dischargeFacts(at: now) else { return [.wrongPhase] }
      let unmet = facts.unmet.map(Refusal.Reason.criterion)
      guard unmet.isEmpty else { return unmet }
    }
    guard let first = session?.signatures.first else {
      // A countersignature of what is void must not be taken for a first one.
      return session?.lapsedSigner.map { $0 != staff } == true ? [.firstSignatureVoid] : []
    }
    if first.by == staff { return [.samePerson] }
    return role == .prescriber ? [] : [.needsPrescriber]
  }

  mutating func waive(
    _ criterion: Criterion, reason: String, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    session?.waivers.append(Waiver(criterion: criterion, reason: reason, by: staff, at: now))
    emit(now, .event(.audit(.waived(criterion, by: staff, reason: reason))))
  }
}
