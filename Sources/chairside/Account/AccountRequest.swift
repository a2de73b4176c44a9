import Foundation
import Monitoring
import Vitals

/// An order in the JSON of the API.
struct AccountRequest: Encodable {
  private let action: String
  private var user, name, roles, newSecret, code: String?
  private let by, secret: String?

  init(_ order: AccountOrder) {
    action = order.action.name.rawValue
    by = order.by?.name
    secret = order.secret
    switch order.action {
    case .initialise(let user, let name, let newSecret, let code):
      (self.user, self.name, self.newSecret, self.code) = (user.name, name, newSecret, code)
    case .add(let user, let name, let roles, let newSecret):
      (self.user, self.name, self.newSecret) = (user.name, name, newSecret)
      self.roles = roles.map(\.rawValue).joined(separator: ",")
    case .setRoles(let user, let roles):
      self.user = user.name
      self.roles = roles.map(\.rawValue).joined(separator: ",")
    case .setSecret(let user, let newSecret): (self.user, self.newSecret) = (user.name, newSecret)
    case .disable(let user), .enable(let user), .unlock(let user): self.user = user.name
    case .list: break
    }
  }
}

/// Accounts as the API tells of them, for people.
struct AccountTable: Decodable {
  private struct Account: Decodable {
    let user, name, secret: String
    let roles: [String]
    let enabled, locked: Bool
    let secretAgeDays: Int?
    let failures: Int
  }
  private let accounts: [Account]

  /// Shows all accounts as a table, or in a line what has become of one.
  static func show(_ data: Data, asJSON: Bool, isList: Bool) throws {
    guard !asJSON else { return Console.out(String(decoding: data, as: UTF8.self)) }
    let table = try Console.badData { try JSONDecoder().decode(AccountTable.self, from: data) }
    if isList { Console.out(columns("USER", "ROLES", "SECRET", "STATE") + "NAME") }
    for account in table.accounts {
      Console.out(
        columns(
          account.user, account.roles.joined(separator: ","), secret(account), state(account))
          + account.name)
    }
  }

  private static func columns(_ texts: String...) -> String {
    zip(texts, [17, 20, 20, 26]).map { $0.padded(to: $1) }.joined()
  }

  private static func secret(_ account: Account) -> String {
    account.secretAgeDays.map { "\(account.secret), \($0) days" } ?? account.secret
  }

  private static func state(_ account: Account) -> String {
    if !account.enabled { return "disabled" }
    if account.locked { return "locked" }
    return account.failures > 0 ? "\(account.failures) wrong attempts" : "in use"
  }
}
