import GRDB

/// `docs/log-schema.md`: the log's tables as a new log has them.
///
/// A test compares the file with this, so that the page is never behind.
public enum SchemaPage {
  /// The page, made out of a new log in memory.
  public static func text() throws -> String {
    let database = try DatabaseQueue()
    let objects = try database.writeWithoutTransaction { database in
      _ = try Schema.migrate(database)
      return try Row.fetchAll(
        database,
        sql: """
          SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
          ORDER BY type = 'view', type = 'index', name
          """
      ).map { (type: $0[0] as String, name: $0[1] as String, sql: $0[2] as String) }
    }
    func section(_ type: String) -> [String] {
      objects.filter { $0.type == type }.flatMap { object in
        let words = descriptions[object.name].map { ["", $0] } ?? []
        return ["", "### \(object.name)"] + words + ["", "```sql", object.sql + ";", "```"]
      }
    }
    return
      ([opening, "", "## Views, for stock sqlite3", "", questions] + section("view")
      + ["", "## Tables"] + section("table") + ["", "## Indices"] + section("index"))
      .joined(separator: "\n") + "\n"
  }

  private static let opening = """
    # The log's file

    Written by `swift test` (`UPDATE_GOLDEN=1`); do not edit. Schema version \(Schema.migrations.count) \
    (`PRAGMA user_version`), SQLite in WAL mode.

    Instants (`…_ms`) are milliseconds of the ward's own time, which never steps and goes on over \
    restarts; `wall_ms` is UTC in milliseconds since 1970, as the wall clock showed it. An event's name \
    for ever is the site, the epoch of its run, and `seq`.

    | what | where | loses at a power cut |
    |---|---|---|
    | events, alarms, sessions, audit | `event`, each before anybody is shown it | nothing that was shown, but what was marked not durable |
    | numerics | `open` once a second; every five minutes into `block` | at most a second |
    | every byte of every device | `tape` once a second and with each event | at most a second |
    | signatures | `signature`, in the transaction of the act | nothing |
    | proof | `link`, `mark`, `removal` (docs/records.md) | nothing |
    """

  private static let questions = """
    A reader disturbs nothing: `sqlite3 -readonly /var/lib/chairside/chairside.db`. Questions that are \
    answered at once after years name a chair, and for seconds also where their block begins:

    ```sql
    SELECT * FROM v_sessions WHERE patient = 'A.P.';
    SELECT * FROM v_trend_5min WHERE chair = '7' AND first_ms BETWEEN 3600000 AND 7200000;
    SELECT t_ms, spo2, pr FROM v_vitals_1s WHERE chair = '7' AND block_ms BETWEEN 3600000 AND 7200000
      UNION ALL SELECT t_ms, spo2, pr FROM v_vitals_1s WHERE chair = '7' AND block_ms IS NULL;
    SELECT alarm, count(*) FROM v_alarms WHERE change = 'raised' GROUP BY alarm;
    SELECT * FROM v_audit WHERE by_user = 'rn1' ORDER BY seq DESC LIMIT 20;
    ```

    `block_ms` is NULL for seconds of the last five minutes, which stand in no block yet. NULL as a \
    value is no value; `status` is not 0 where the device doubted its signal, and such a value is not \
    to be believed (bits: `Vitals/SignalStatus.swift`).
    """

  private static let descriptions = [
    "event": "Everything the ward decided, in its one order.",
    "block": """
    Up to five minutes of a chair's seconds, never over the edge of a five-minute cell of the ward's \
    time. The columns `times spo2 pr pi status` are text, a character or so a second: codes 32 to 94 \
    are the last value plus the code minus 63; 95 to 118 what came last, value or nothing, 1 to 24 \
    times more; 119 to 124 the same 30, 60 … 180 times more; 125 nothing; 126 a value of 24 bits in \
    four characters of 6 bits above 32, high first. `times` counts from 8388608: how many \
    milliseconds a second is after its place at one a second from `first_ms`. The others count \
    from 0; `pi` is in hundredths of a percent.
    """,
    "open": "`samples` is JSON: `[[chair, ms, spo2, pr, pi, status], …]`.",
    "tape": "`block` is zlib over `Recording.FlightLog`; `length` are its bytes before.",
    "mark":
      "Covered by the chain: where `open` and `tape`, whose rows carry a running hash, stood.",
    "removal": "What retention took, and the hashes by which the chain goes on without it.",
    "v_vitals_1s": "One second a row.",
    "v_trend_5min": "Five minutes a row, from an index alone.",
    "v_sessions": "A session a row; `end_wall_ms` is NULL while it is open.",
    "v_alarms": "Every change of an alarm a row.",
    "v_audit": "What people and the system did, and what retention removed.",
  ]
}
