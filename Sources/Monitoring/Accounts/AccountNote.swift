public import Vitals

/// What happened to accounts and at logins, and who was shown what, for the audit trail
/// (`clinical.md` 1.7).
///
/// Never holds a secret, nor a user name that is not known: people type PINs into the wrong field.
public enum AccountNote: Hashable, Sendable {
  /// Somebody proved who he is.
  case authenticated(by: StaffID, for: Purpose, factors: [Factor])
  /// Somebody did not; `by` is `nil` for a name that nobody has.
  case loginFailed(by: StaffID?, for: Purpose, why: LoginFailure, failures: Int)
  /// Too many wrong secrets in a row.
  case lockedOut(StaffID, seconds: Int)
  /// `roles` are those that it has from now on, where they are new.
  case changed(StaffID, AccountChange, roles: [Role], by: StaffID)
  /// The record of the session of this name was shown, at a station if the asker said at which.
  case shown(record: String, as: RecordForm, at: StaffID?)

  /// What somebody proved who he is for.
  public enum Purpose: Hashable, Sendable {
    case command(CommandName)
    /// The administration of accounts.
    case accounts
    /// To act at a station from then on.
    case station

    /// As recordings and the timeline write it.
    public var word: String {
      switch self {
      case .command(let command): command.rawValue
      case .accounts: "accounts"
      case .station: "station"
      }
    }

    public init?(word: String) {
      switch word {
      case Self.accounts.word: self = .accounts
      case Self.station.word: self = .station
      default:
        guard let command = CommandName(rawValue: word) else { return nil }
        self = .command(command)
      }
    }
  }

  /// A component of a signature (`clinical.md` 5.6 on 11.200).
  public enum Factor: String, Hashable, Sendable, CaseIterable {
    case userId, pin, password
  }

  /// The name of the entry on the wire and in the timeline.
  public var name: Name {
    switch self {
    case .authenticated: .authenticated
    case .loginFailed: .loginFailed
    case .lockedOut: .lockedOut
    case .changed: .accountChanged
    case .shown: .recordShown
    }
  }

  public enum Name: String, Hashable, Sendable, CaseIterable {
    case authenticated, loginFailed, lockedOut, accountChanged, recordShown
  }
}

/// In which form a session's record was shown.
public enum RecordForm: String, Hashable, Sendable, CaseIterable {
  /// The printable page.
  case report
}

/// What an administrator, or the person himself, did to an account.
public enum AccountChange: String, Hashable, Sendable, CaseIterable {
  case added, roles, secret, disabled, enabled, unlocked
}

/// Why a login failed.
public enum LoginFailure: String, Hashable, Sendable, CaseIterable {
  case wrong, missing, locked, disabled, unknown
  /// There is no secret that could be right.
  case noAccount
  /// The person may not administer accounts.
  case notAdministrator

  /// What a person is told of it: nothing that tells a wrong name from a wrong secret.
  public var reason: Refusal.Reason {
    switch self {
    case .wrong, .missing, .disabled, .unknown: .authentication
    case .locked: .lockedOut
    case .noAccount: .noAccount
    case .notAdministrator: .notYourRole
    }
  }
}
