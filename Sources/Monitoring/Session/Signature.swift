public import Vitals

/// A signature that was accepted.
public struct Signature: Hashable, Sendable {
  /// What signing says (`clinical.md` 1.6, 5.6).
  public enum Meaning: String, Hashable, Sendable, CaseIterable {
    case observationComplete, dischargeAuthorised, transfer, leftAgainstAdvice
  }

  public let by: StaffID
  public let at: Instant
  public let meaning: Meaning
  /// Of the record that it signs, from 1.
  public let revision: Int
  /// The record was reopened since.
  public internal(set) var isSuperseded = false
}

/// Why two people must sign (`clinical.md` 1.6).
public enum SecondSignature: String, Hashable, Sendable, CaseIterable {
  case preset, waiver, highAlarm, stoppedEarly, rescueDrug, transfer, observerChanged
}

/// The answer to an attempt to sign.
public struct SignatureOutcome: Hashable, Sendable {
  public let isAccepted: Bool
  public let by: StaffID
  /// Which signature this would be, from 1.
  public let number: Int
  /// How many the rules ask for.
  public let of: Int
  public let reasons: [Refusal.Reason]
  public let meaning: Signature.Meaning
}
