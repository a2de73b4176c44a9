/// When a command asks who gives it to prove that it is he (`clinical.md` 1.6, 3.4, 3.5).
public enum SecretDemand: String, Hashable, Sendable, CaseIterable {
  case never
  /// Of those who act beyond what a nurse may do.
  case prescriber
  case always

  /// Whether somebody in this role is asked.
  public func asks(_ role: Role?) -> Bool {
    switch self {
    case .never: false
    case .prescriber: role == .prescriber
    case .always: true
    }
  }
}

extension CommandName {
  private static let demands: [CommandName: SecretDemand] = [
    // Signatures, and what ends a session in their stead.
    .sign: .always, .transfer: .always, .leaveAMA: .always,
    // What adds to a record that is signed, or opens it again.
    .addendum: .always, .reopenClinical: .always,
    // What only a prescriber may decide.
    .holdCleared: .always, .waive: .always, .alarmOff: .always,
    // Outside the range that a nurse may choose from.
    .setLimit: .prescriber,
  ]

  /// Whether it must come with the secret of who gives it.
  public var secretDemand: SecretDemand { Self.demands[self] ?? .never }
}
