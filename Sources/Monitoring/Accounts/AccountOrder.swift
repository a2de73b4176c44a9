public import Vitals

/// What somebody asks of the accounts.
///
/// Holds secrets in the clear, so it describes itself without them.
public struct AccountOrder: Sendable, CustomStringConvertible {
  public let action: Action
  /// Who asks, and his own secret.
  public let by: StaffID?
  public let secret: String?

  public enum Action: Sendable {
    /// The first administrator of a clinic without accounts; `code` proves access to the log's
    /// folder.
    case initialise(StaffID, name: String, newSecret: String, code: String?)
    case add(StaffID, name: String, roles: [Role], newSecret: String?)
    case setRoles(StaffID, [Role])
    case setSecret(StaffID, newSecret: String)
    case disable(StaffID), enable(StaffID), unlock(StaffID)
    case list
  }

  public init(_ action: Action, by: StaffID? = nil, secret: String? = nil) {
    self.action = action
    self.by = by
    self.secret = secret
  }

  public var description: String { "\(action.name) by \(by?.name ?? "nobody")" }

  /// Whether somebody sets his own secret, which needs no administrator.
  public var isOwnSecret: Bool {
    if case .setSecret(let user, _) = action { user == by } else { false }
  }
}

extension AccountOrder.Action: CustomStringConvertible {
  /// The word of the API and the command line.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case `init`, add, role, passwd, disable, enable, unlock, list
  }

  public var name: Name {
    switch self {
    case .initialise: .`init`
    case .add: .add
    case .setRoles: .role
    case .setSecret: .passwd
    case .disable: .disable
    case .enable: .enable
    case .unlock: .unlock
    case .list: .list
    }
  }

  public var description: String { name.rawValue }
}

/// Why the accounts did not do what they were asked for.
public enum AccountRefusal: Error, Hashable, Sendable {
  /// Who asked was not believed, or may not.
  case login(Refusal.Reason)
  case problem(AccountBook.Problem)

  public var name: String {
    switch self {
    case .login(let reason): reason.name
    case .problem(let problem): problem.name
    }
  }

  public var explanation: String {
    switch self {
    case .login(.notYourRole): "This needs an administrator: an account with the role admin."
    case .login(let reason): reason.explanation
    case .problem(let problem): problem.explanation
    }
  }
}
