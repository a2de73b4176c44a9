public import Vitals

/// One person's account (`clinical.md` 5.6 on 11.300, 5.7): who it is, what he may do, and how he
/// proves it.
///
/// A user name belongs to one person for ever: an account is disabled, never removed or given on.
public struct Account: Hashable, Sendable {
  public let id: StaffID
  /// The printed name, as signatures show it.
  public var name: String
  /// Never empty, each once, in the order of ``Role``.
  public private(set) var roles: [Role]
  /// `nil` for somebody who has no secret yet, and so cannot sign.
  public var credential: Credential?
  public let created: Stamp
  public var changed: Stamp
  /// When and by whom it was disabled; `nil` for one in use.
  public var disabled: Stamp?
  /// Wrong secrets in a row.
  public private(set) var failures: Int
  /// Until when no secret is accepted after too many wrong ones.
  public private(set) var lockedUntil: Instant?

  /// When and by whom something was done.
  public struct Stamp: Hashable, Sendable {
    public let at: WallTime
    public let by: StaffID

    public init(at: WallTime, by: StaffID) {
      self.at = at
      self.by = by
    }
  }

  /// What a secret is checked against; the secret itself is nowhere.
  public struct Credential: Hashable, Sendable {
    public let kind: SecretKind
    /// The scrypt hash with its salt and cost, as text.
    public let hash: String
    /// Its age counts from here.
    public let setAt: WallTime

    public init(kind: SecretKind, hash: String, setAt: WallTime) {
      self.kind = kind
      self.hash = hash
      self.setAt = setAt
    }
  }

  public init(
    id: StaffID, name: String, roles: some Sequence<Role>, credential: Credential? = nil,
    created: Stamp, changed: Stamp? = nil, disabled: Stamp? = nil, failures: Int = 0,
    lockedUntil: Instant? = nil
  ) {
    self.id = id
    self.name = name
    self.roles = Self.inOrder(roles)
    self.credential = credential
    self.created = created
    self.changed = changed ?? created
    self.disabled = disabled
    self.failures = failures
    self.lockedUntil = lockedUntil
  }

  public var isEnabled: Bool { disabled == nil }

  /// Gives other roles.
  mutating func setRoles(_ roles: some Sequence<Role>) { self.roles = Self.inOrder(roles) }

  private static func inOrder(_ roles: some Sequence<Role>) -> [Role] {
    let given = Set(roles)
    return Role.allCases.filter(given.contains)
  }

  /// The one role that counts at a chair; `nil` for a disabled account.
  ///
  /// Administering accounts is no clinical right, so it counts only where there is no other.
  public var wardRole: Role? {
    guard isEnabled else { return nil }
    return [Role.prescriber, .rn, .assistant, .biomed, .admin].first(where: roles.contains)
  }
}

/// Lock-out: five wrong secrets in a row close an account for a quarter of an hour, which makes
/// half of all six-digit PINs last for three years.
extension Account {
  public static let failuresAllowed = 5
  public static let lockOut = Duration.seconds(900)

  /// Whether no secret is accepted at this instant.
  public func isLocked(at now: Instant) -> Bool { lockedUntil.map { now < $0 } == true }

  /// Counts a wrong secret.
  ///
  /// Returns whether this one locked the account.
  public mutating func countFailure(at now: Instant) -> Bool {
    guard !isLocked(at: now) else { return false }
    // A lock that has run out begins anew; it is not one failure away from the next.
    if lockedUntil != nil { unlock() }
    failures += 1
    guard failures >= Self.failuresAllowed else { return false }
    lockedUntil = now + Self.lockOut
    return true
  }

  /// Forgets wrong secrets: after a right one, or by an administrator.
  public mutating func unlock() { (failures, lockedUntil) = (0, nil) }
}
