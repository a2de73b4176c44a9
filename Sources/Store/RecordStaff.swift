import GRDB
import Monitoring
import Recording
import Records
import Vitals

/// Who may act at a point of the log, with printed name and role: those whom the daemon began with,
/// and whoever has joined or changed since.
///
/// Who has left stays on it: he may have acted before.
struct RecordStaff {
  private var members: [String: Signer] = [:]
  /// Up to which event it is known.
  private var readTo: Int64 = 0

  /// Everybody, by user name.
  var signers: [Signer] { members.values.sorted { $0.userID < $1.userID } }

  /// A daemon has started, with a list of its own; who acted before stays on it.
  mutating func begin(with run: Run, in database: Database) throws {
    let first = try TimeSearch.first(
      in: "event", by: "t_ms", atOrAfter: run.instant.milliseconds, database)
    if !members.isEmpty { try read(upTo: first - 1, in: database) }
    let roster = (try? PlanText.roster(run.staff.split(separator: " ").map(String.init)))
    for (id, role) in (roster ?? .standard).members {
      members[id.name] = Signer(
        userID: id.name, printedName: run.names[id.name] ?? id.name, role: role.rawValue)
    }
    readTo = first - 1
  }

  /// Reads on to an event: roles from what the ward said, names from the accounts.
  mutating func read(upTo end: Int64, in database: Database) throws {
    guard end > readTo else { return }
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT body ->> 'user' AS user, body ->> 'role' AS role FROM event
        WHERE chair = ? AND kind = 'audit' AND seq > ? AND seq <= ?
          AND body ->> 'what' = 'staffChanged' ORDER BY seq
        """, arguments: [ChairID.ward.name, readTo, end])
    readTo = end
    for row in rows {
      let user: String = row["user"]
      guard let role = Role(rawValue: row["role"]) else { continue }
      let known = members[user]?.printedName
      members[user] = Signer(
        userID: user, printedName: try known ?? Self.printedName(of: user, database) ?? user,
        role: role.rawValue)
    }
  }

  /// A user name belongs to one person for ever, and with it the name that was given first: rows
  /// that come later say nothing else, so that a record is the same whenever it is made.
  private static func printedName(of user: String, _ database: Database) throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT name FROM account WHERE user = ? ORDER BY seq LIMIT 1",
      arguments: [user])
  }
}

extension History {
  /// The staff at an event of the log, with printed names and roles, as a record made then has it;
  /// `runs` are the starts of the daemon that the record spans.
  public func staff(
    at event: Int64, since runs: [Run]
  ) throws(StoreError) -> [(user: String, name: String, role: String)] {
    try read { database in
      var staff = RecordStaff()
      for run in runs { try staff.begin(with: run, in: database) }
      try staff.read(upTo: event, in: database)
      return staff.signers.map { ($0.userID, $0.printedName, $0.role) }
    }
  }
}
