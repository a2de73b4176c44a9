public import Monitoring
import Recording
public import Vitals

/// Accounts as an administrator may see them; what secrets are checked against is not among it.
public struct AccountList: Sendable {
  private let accounts: [Account]
  private let now: Instant
  private let wall: WallTime
  private let isDurable: Bool

  /// `isDurable` tells whether the log holds what was done to them.
  public init(_ accounts: [Account], at now: Instant, wall: WallTime, isDurable: Bool = true) {
    self.accounts = accounts
    self.now = now
    self.wall = wall
    self.isDurable = isDurable
  }

  public var json: String {
    var json = JSONLine()
    json.addRaw("accounts", "[" + accounts.map(line).joined(separator: ",") + "]")
    if !isDurable { json.add("durable", false) }
    return json.line
  }

  private func line(_ account: Account) -> String {
    var json = JSONLine()
    json.add("user", account.id.name)
    json.add("name", account.name)
    json.add("roles", account.roles.map(\.rawValue))
    json.add("enabled", account.isEnabled)
    json.add("secret", account.credential?.kind.rawValue ?? "none")
    json.add(ifAny: "secretAgeDays", account.credential.map(age))
    json.add("failures", account.failures)
    json.add("locked", account.isLocked(at: now))
    json.add("createdAt", account.created.at.description)
    json.add("createdBy", account.created.by.name)
    json.add("changedAt", account.changed.at.description)
    json.add("changedBy", account.changed.by.name)
    json.add(ifAny: "disabledAt", account.disabled?.at.description)
    json.add(ifAny: "disabledBy", account.disabled?.by.name)
    return json.line
  }

  /// How many whole days old a secret is.
  private func age(_ credential: Account.Credential) -> Int {
    Int(max(0, wall.milliseconds - credential.setAt.milliseconds) / 86_400_000)
  }
}
