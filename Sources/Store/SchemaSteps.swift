extension Schema {
  /// The steps from each version to the next, as SQL; only ever appended to.
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
    """
    -- which file of the site this is: site, epoch and number name an event for ever
    ALTER TABLE run ADD COLUMN epoch INTEGER;
    -- how many of the chair's samples since the session began the record has looked at
    ALTER TABLE signature ADD COLUMN samples INTEGER;
    -- up to five minutes of a chair, one a second (Store.Block, Store.ColumnText); the rollup counts
    -- seconds whose value may be believed; NULL is no value
    CREATE TABLE block (
      seq INTEGER PRIMARY KEY,
      chair TEXT NOT NULL,
      first_ms INTEGER NOT NULL,
      last_ms INTEGER NOT NULL,
      n INTEGER NOT NULL,
      spo2_valid INTEGER NOT NULL,
      spo2_min INTEGER,
      spo2_median INTEGER,
      spo2_max INTEGER,
      pr_valid INTEGER NOT NULL,
      pr_min INTEGER,
      pr_median INTEGER,
      pr_max INTEGER,
      pi_valid INTEGER NOT NULL,
      pi_min INTEGER,
      pi_median INTEGER,
      pi_max INTEGER,
      times TEXT NOT NULL,
      spo2 TEXT NOT NULL,
      pr TEXT NOT NULL,
      pi TEXT NOT NULL,
      status TEXT NOT NULL
    ) STRICT;
    -- the five-minute trend is read from the index alone
    CREATE INDEX block_by_chair ON block(chair, first_ms, last_ms,
      spo2_valid, spo2_min, spo2_median, spo2_max, pr_valid, pr_min, pr_median, pr_max);
    -- samples that no block holds yet, one row a commit, append-only (Store.OpenText)
    CREATE TABLE open (
      seq INTEGER PRIMARY KEY,
      samples TEXT NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    -- the flight recorder: blocks of everything that reached the ward (Recording.FlightLog), packed
    -- by zlib, with their length before
    CREATE TABLE tape (
      seq INTEGER PRIMARY KEY,
      first_ms INTEGER NOT NULL,
      last_ms INTEGER NOT NULL,
      length INTEGER NOT NULL,
      block BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    -- where open and tape stood: their last row and its hash, and up to where rows are gone (Store.Strip)
    CREATE TABLE mark (
      seq INTEGER PRIMARY KEY,
      strip TEXT NOT NULL,
      last INTEGER NOT NULL,
      hash BLOB NOT NULL,
      removed INTEGER NOT NULL
    ) STRICT;
    -- rows whose time was over, with what the chain needs to go on without them: 32 bytes each
    CREATE TABLE removal (
      seq INTEGER PRIMARY KEY,
      wall_ms INTEGER NOT NULL,
      job TEXT NOT NULL,
      place TEXT NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      hashes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX event_by_kind ON event(kind, chair, seq);
    CREATE INDEX event_by_patient ON event(iif(json_valid(body), body ->> 'patient', NULL))
      WHERE kind = 'session';
    """,
  ]
}
