public import Vitals

/// All accounts of a clinic, and the rules by which they change.
///
/// Knows no clock and no cryptography: times and hashes are arguments.
public struct AccountBook: Hashable, Sendable {
  private var accounts: [StaffID: Account]

  public init(_ accounts: some Sequence<Account> = []) {
    self.accounts = Dictionary(accounts.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  public var isEmpty: Bool { accounts.isEmpty }

  public subscript(_ user: StaffID) -> Account? { accounts[user] }

  /// Every account, by user name.
  public var all: [Account] { accounts.values.sorted { $0.id.name < $1.id.name } }

  /// Whether anybody could prove who he is.
  public var hasSecrets: Bool {
    accounts.values.contains { $0.isEnabled && $0.credential != nil }
  }

  /// Who may give commands.
  public var roster: Roster {
    Roster(accounts.compactMapValues(\.wardRole))
  }

  /// Why an account was not changed.
  public enum Problem: Error, Hashable, Sendable {
    case exists, noSuchUser, reservedName, badPrintedName, badRoles, lastAdministrator
    case alreadySetUp, setupCode
    case weak(SecretRules.Weakness)

    public var name: String {
      if case .weak(let weakness) = self { weakness.rawValue } else { "\(self)" }
    }

    /// One sentence for a person, with what to do.
    public var explanation: String {
      switch self {
      case .exists: "This user name is taken, and is never given to another person; choose another."
      case .noSuchUser: "There is no account of this user name; see chairside account list."
      case .reservedName: "This name is the software's own; choose another."
      case .badPrintedName: "A printed name has 1 to 80 characters on one line."
      case .badRoles: "An account needs one or more of: assistant, rn, prescriber, admin, biomed."
      case .lastAdministrator:
        "Nobody would be left to administer accounts; give another one the role admin first."
      case .alreadySetUp: "There are accounts already; an administrator adds more."
      case .setupCode: "This is not the setup code; read it in the file beside the log."
      case .weak(let weakness): weakness.explanation
      }
    }
  }

  /// Adds an account.
  public mutating func add(_ account: Account) throws(Problem) {
    guard accounts[account.id] == nil else { throw .exists }
    guard account.id != .system else { throw .reservedName }
    guard (1...80).contains(account.name.count),
      account.name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
    else { throw .badPrintedName }
    try Self.check(account.roles)
    accounts[account.id] = account
  }

  private static func check(_ roles: [Role]) throws(Problem) {
    guard !roles.isEmpty, !roles.contains(.system) else { throw .badRoles }
  }

  /// Changes an account, if afterwards somebody can still administer them all.
  ///
  /// Returns it as it is now.
  public mutating func change(
    _ user: StaffID, _ change: Edit, _ stamp: Account.Stamp
  ) throws(Problem) -> Account {
    guard var account = accounts[user] else { throw .noSuchUser }
    switch change {
    case .roles(let roles):
      try Self.check(roles)
      account.setRoles(roles)
    case .credential(let credential):
      account.credential = credential
      account.unlock()
    case .disable: account.disabled = account.disabled ?? stamp
    case .enable: account.disabled = nil
    case .unlock: account.unlock()
    }
    account.changed = stamp
    let hadAdministrator = administers(accounts.values)
    var changed = accounts
    changed[user] = account
    guard !hadAdministrator || administers(changed.values) else { throw .lastAdministrator }
    accounts = changed
    return account
  }

  /// A change of an account that exists.
  public enum Edit: Hashable, Sendable {
    case roles([Role])
    case credential(Account.Credential)
    case disable, enable, unlock

    /// Its name in the audit trail.
    public var name: AccountChange {
      switch self {
      case .roles: .roles
      case .credential: .secret
      case .disable: .disabled
      case .enable: .enabled
      case .unlock: .unlocked
      }
    }
  }

  private func administers(_ accounts: some Sequence<Account>) -> Bool {
    accounts.contains { $0.isEnabled && $0.credential != nil && $0.roles.contains(.admin) }
  }

  /// Notes how an attempt to log in ended.
  ///
  /// Returns the account where it has changed, and whether this attempt locked it.
  public mutating func note(
    isRight: Bool, of user: StaffID, at now: Instant
  ) -> (changed: Account?, isLockedNow: Bool) {
    guard var account = accounts[user] else { return (nil, false) }
    let before = account
    var isLockedNow = false
    if isRight { account.unlock() } else { isLockedNow = account.countFailure(at: now) }
    accounts[user] = account
    return (account == before ? nil : account, isLockedNow)
  }
}
