import GRDB

/// The tables, as steps from each version to the next.
///
/// Only ever appended to; the version is `PRAGMA user_version`.
enum Schema {
  static let migrations = [
    """
    -- one row for every start of the daemon: how instants relate to the clocks of that boot
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      boot TEXT NOT NULL,
      boottime_ns INTEGER NOT NULL,
      instant_ms INTEGER NOT NULL,
      wall_ms INTEGER NOT NULL,
      speed REAL NOT NULL,
      software TEXT NOT NULL,
      policy TEXT NOT NULL
    ) STRICT;
    -- everything the ward decided, in its one order; body is the timeline line
    CREATE TABLE event (
      seq INTEGER PRIMARY KEY,
      t_ms INTEGER NOT NULL,
      wall_ms INTEGER NOT NULL,
      chair TEXT NOT NULL,
      kind TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX event_by_chair ON event(chair, seq);
    -- one row a second and chair, append-only; t_ms rises with seq; NULL is no value
    CREATE TABLE sample (
      seq INTEGER PRIMARY KEY,
      t_ms INTEGER NOT NULL,
      chair TEXT NOT NULL,
      spo2 INTEGER,
      pr INTEGER,
      pi INTEGER,
      status INTEGER NOT NULL
    ) STRICT;
    -- the flight recorder: blocks of everything that reached the ward (Recording.FlightLog)
    CREATE TABLE flight (
      seq INTEGER PRIMARY KEY,
      first_ms INTEGER NOT NULL,
      last_ms INTEGER NOT NULL,
      block BLOB NOT NULL
    ) STRICT;
    """,
    """
    -- what a recording of this run must say to replay alike (Recording.PlanText)
    ALTER TABLE run ADD COLUMN staff TEXT NOT NULL DEFAULT '';
    ALTER TABLE run ADD COLUMN limits TEXT NOT NULL DEFAULT '';
    """,
    """
    -- every state that an account has had, append-only; the newest of a user counts. Times of the
    -- wall in wall_ms fields, locked_until_ms as t_ms of events; secret is Secrets.SecretHash
    CREATE TABLE account (
      seq INTEGER PRIMARY KEY,
      user TEXT NOT NULL,
      name TEXT NOT NULL,
      roles TEXT NOT NULL,
      secret_kind TEXT,
      secret TEXT,
      secret_wall_ms INTEGER,
      created_wall_ms INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      changed_wall_ms INTEGER NOT NULL,
      changed_by TEXT NOT NULL,
      disabled_wall_ms INTEGER,
      disabled_by TEXT,
      failures INTEGER NOT NULL,
      locked_until_ms INTEGER
    ) STRICT;
    CREATE INDEX account_by_user ON account(user, seq);
    """,
    """
    -- what a signed record says about a run: the site, its key, its whole policy
    -- (Records.PolicyText), printed names as JSON
    ALTER TABLE run ADD COLUMN site TEXT NOT NULL DEFAULT '';
    ALTER TABLE run ADD COLUMN site_key TEXT NOT NULL DEFAULT '';
    ALTER TABLE run ADD COLUMN policy_text TEXT NOT NULL DEFAULT '';
    ALTER TABLE run ADD COLUMN names TEXT NOT NULL DEFAULT '';
    -- who signed which record, which ends at these numbers; manifest is the signed JSON
    CREATE TABLE signature (
      seq INTEGER PRIMARY KEY,
      event INTEGER NOT NULL,
      chair TEXT NOT NULL,
      record TEXT NOT NULL,
      event_end INTEGER NOT NULL,
      sample_end INTEGER NOT NULL,
      end_ms INTEGER NOT NULL,
      manifest TEXT NOT NULL
    ) STRICT;
    -- the hash chain: one row a transaction (Records.Link, ChainedTable)
    CREATE TABLE link (
      seq INTEGER PRIMARY KEY,
      wall_ms INTEGER NOT NULL,
      cause TEXT NOT NULL,
      covers TEXT NOT NULL,
      marks BLOB NOT NULL,
      digest BLOB NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    """,
  ]

  /// The version from which on every row is covered by the chain.
  static let firstWithChain = 4

  /// Brings a database to the newest version, each step in its own transaction.
  static func migrate(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version <= migrations.count else { throw StoreError.fromTheFuture(version: version) }
    for step in version..<migrations.count {
      try database.inTransaction {
        try database.execute(sql: migrations[step])
        try database.execute(sql: "PRAGMA user_version = \(step + 1)")
        if step + 1 == firstWithChain { try ChainWriter.coverEverything(in: database) }
        return .commit
      }
    }
  }
}
