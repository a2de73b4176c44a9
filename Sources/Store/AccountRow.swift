import GRDB
public import Monitoring
import Records
import Vitals

/// Accounts in the log: each change is a row of its own, so that none hides an earlier one.
extension Account {
  /// The values of ``ChainedTable/account``, in its order.
  var row: [ChainValue] {
    [
      .text(id.name), .text(name), .text(roles.map(\.rawValue).joined(separator: " ")),
      .text(ifAny: credential?.kind.rawValue), .text(ifAny: credential?.hash),
      .integer(ifAny: credential?.setAt.milliseconds), .integer(created.at.milliseconds),
      .text(created.by.name), .integer(changed.at.milliseconds), .text(changed.by.name),
      .integer(ifAny: disabled?.at.milliseconds), .text(ifAny: disabled?.by.name),
      .integer(Int64(failures)), .integer(ifAny: lockedUntil?.milliseconds),
    ]
  }

  /// Reads a row; `nil` for one that no account of this software can have written.
  init?(row: Row) {
    guard let id = StaffID(row["user"] as String),
      let created = Stamp(row["created_wall_ms"], row["created_by"])
    else { return nil }
    var credential: Credential?
    if let kind = (row["secret_kind"] as String?).flatMap(SecretKind.init(rawValue:)),
      let hash = row["secret"] as String?, let setAt = row["secret_wall_ms"] as Int64?
    {
      credential = Credential(kind: kind, hash: hash, setAt: WallTime(milliseconds: setAt))
    }
    self.init(
      id: id, name: row["name"],
      roles: (row["roles"] as String).split(separator: " ").compactMap {
        Role(rawValue: String($0))
      },
      credential: credential, created: created,
      changed: Stamp(row["changed_wall_ms"], row["changed_by"]),
      disabled: Stamp(row["disabled_wall_ms"], row["disabled_by"]), failures: row["failures"],
      lockedUntil: (row["locked_until_ms"] as Int64?).map(Instant.milliseconds))
  }
}

extension Account.Stamp {
  fileprivate init?(_ milliseconds: Int64?, _ name: String?) {
    guard let milliseconds, let by = name.flatMap({ StaffID($0) }) else { return nil }
    self.init(at: WallTime(milliseconds: milliseconds), by: by)
  }
}

extension History {
  /// Every account as it is now, by user name.
  public func accounts() throws(StoreError) -> [Account] {
    try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT * FROM account WHERE seq IN (SELECT max(seq) FROM account GROUP BY user)
          ORDER BY user
          """
      ).compactMap(Account.init(row:))
    }
  }
}
