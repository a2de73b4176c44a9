import GRDB
import Monitoring
import Records
import Vitals

/// What a damaged file still tells: nothing in it is taken for what it should be before it was looked
/// at.
struct Salvage {
  private(set) var accounts: [Account] = []
  private(set) var chairs: [ChairID] = []

  init(_ path: String) {
    // Of an empty file SQLite would throw away what stands beside it.
    guard LogInspection.isDatabase(path) else { return }
    var configuration = Configuration()
    configuration.readonly = true
    let name = LogReach.alone.name(of: path)
    guard let database = try? DatabaseQueue(path: name, configuration: configuration) else {
      return
    }
    accounts = (try? database.read(Self.accounts)) ?? []
    chairs = (try? database.read(Self.chairs)) ?? []
  }

  /// Every account as it was last; none unless all that was ever written of them is there.
  private static func accounts(_ database: Database) throws -> [Account] {
    let strange = try Int.fetchOne(
      database,
      sql: """
        SELECT count(*) FROM account WHERE typeof(seq) || typeof(user) || typeof(name)
          || typeof(roles) || typeof(created_wall_ms) || typeof(created_by)
          || typeof(changed_wall_ms) || typeof(changed_by) || typeof(failures)
          <> 'integertexttexttextintegertextintegertextinteger'
          OR typeof(secret_kind) NOT IN ('text', 'null') OR typeof(secret) NOT IN ('text', 'null')
          OR typeof(secret_wall_ms) NOT IN ('integer', 'null')
          OR typeof(disabled_wall_ms) NOT IN ('integer', 'null')
          OR typeof(disabled_by) NOT IN ('text', 'null')
          OR typeof(locked_until_ms) NOT IN ('integer', 'null')
        """)
    guard strange == 0 else { return [] }
    var newest: [StaffID: Account] = [:]
    var count: Int64 = 0
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM account ORDER BY seq")
    while let row = try rows.next() {
      count += 1
      guard row["seq"] == count, let account = Account(row: row) else { return [] }
      newest[account.id] = account
    }
    guard try count == end(of: .account, database) else { return [] }
    return newest.values.sorted { $0.id.name < $1.id.name }
  }

  /// How many rows of a table the newest link of the chain speaks of.
  private static func end(of table: ChainedTable, _ database: Database) throws -> Int64? {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT * FROM link WHERE typeof(seq) || typeof(wall_ms) || typeof(cause) || typeof(covers)
          || typeof(marks) || typeof(digest) || typeof(previous) || typeof(hash)
          = 'integerintegertexttextblobblobblobblob' ORDER BY seq DESC LIMIT 1
        """)
    return row.flatMap { Link(row: $0) }?.ranges.first { $0.table == table.name }?.end
  }

  /// The chairs whose last word on a session is not of its end.
  private static func chairs(_ database: Database) throws -> [ChairID] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT CAST(chair AS TEXT) AS chair, ifnull(body ->> 'state', '') AS state, max(seq)
        FROM event WHERE kind = 'session' AND chair IS NOT NULL GROUP BY chair ORDER BY chair
        """)
    return rows.compactMap {
      History.endings.contains($0["state"]) ? nil : ChairID($0["chair"] as String)
    }
  }
}
