/// What stock `sqlite3` can ask a log: views that need nothing of this software.
enum Views {
  static let creation = [vitals, trend, sessions, alarms, audit].joined(separator: "\n")

  /// One second a row, out of the blocks and of what is open; `block_ms`, where its block begins,
  /// makes a question about an hour quick: `chair` and `block_ms` are looked up in an index.
  private static let vitals = """
    CREATE VIEW v_vitals_1s AS
    SELECT b.chair AS chair, j.value ->> 0 AS t_ms, j.value ->> 1 AS spo2, j.value ->> 2 AS pr,
      j.value ->> 3 AS pi, j.value ->> 4 AS status, b.first_ms AS block_ms
    FROM block b, json_each((
      WITH RECURSIVE step(i, \(columns.map(\.state).joined(separator: ", "))) AS (
        SELECT 0, \(columns.map(\.start).joined(separator: ", "))
        UNION ALL
        SELECT i + 1, \(columns.map(\.next).joined(separator: ",\n          "))
        FROM step WHERE i < b.n)
      SELECT json_group_array(json_array(b.first_ms + 1000 * (i - 1) + times_v - \(Block.inPlace),
        iif(spo2_a, NULL, spo2_v), iif(pr_a, NULL, pr_v), iif(pi_a, NULL, pi_v), status_v))
      FROM step WHERE i > 0)) j
    UNION ALL
    SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4,
      j.value ->> 5, NULL
    FROM open o, json_each(o.samples) j;
    """

  /// ``ColumnText`` in SQL, a step a value: `p` the place in the text, `r` repetitions to come, `v` the
  /// last value, `a` whether the newest is absent.
  private struct Column {
    let name: String
    var origin: Int32 = 0

    var state: String { "\(name)_p, \(name)_r, \(name)_v, \(name)_a" }
    var start: String { "1, 0, \(origin), 0" }

    var next: String {
      let code = character(0)
      let isRun = "(\(name)_r > 0 OR \(code) BETWEEN 95 AND 124)"
      let whole = (1...4).map { "(\(character($0)) - 32) * \(1 << (6 * (4 - $0)))" }
        .joined(separator: " + ")
      return [
        "iif(\(name)_r > 0, \(name)_p, \(name)_p + iif(\(code) = 126, 5, 1))",
        """
        CASE WHEN \(name)_r > 0 THEN \(name)_r - 1 WHEN \(code) BETWEEN 95 AND 118 THEN \(code) - 95
          WHEN \(code) BETWEEN 119 AND 124 THEN (\(code) - 118) * 30 - 1 ELSE 0 END
        """,
        """
        CASE WHEN \(isRun) THEN \(name)_v WHEN \(code) < 95 THEN \(name)_v + \(code) - 63
          WHEN \(code) = 126 THEN \(whole) ELSE \(name)_v END
        """,
        "iif(\(isRun), \(name)_a, \(code) = 125)",
      ].joined(separator: ",\n          ")
    }

    private func character(_ offset: Int) -> String {
      "unicode(substr(b.\(name), \(name)_p + \(offset), 1))"
    }
  }

  private static let columns = [
    Column(name: "times", origin: Block.inPlace), Column(name: "spo2"), Column(name: "pr"),
    Column(name: "pi"), Column(name: "status"),
  ]

  /// Five minutes a row; `spo2_valid` seconds of SpO2 stand behind the figures.
  private static let trend = """
    CREATE VIEW v_trend_5min AS
    SELECT chair, first_ms, last_ms, spo2_valid, spo2_min, spo2_median, spo2_max,
      pr_valid, pr_min, pr_median, pr_max, pi_valid, pi_min, pi_median, pi_max FROM block;
    """

  /// A session a row, by the event that opened it.
  private static let sessions = """
    CREATE VIEW v_sessions AS
    WITH state AS (
      SELECT seq, t_ms, wall_ms, chair, body ->> 'state' AS state,
        lag(body ->> 'state') OVER (PARTITION BY chair ORDER BY seq) AS before
      FROM event WHERE kind = 'session'),
    opening AS (
      SELECT *, lead(seq) OVER (PARTITION BY chair ORDER BY seq) AS next FROM state
      WHERE state IN ('scheduled', 'baseline')
        AND (before IS NULL OR before IN ('signedOff', 'transferred', 'leftAMA', 'aborted')))
    SELECT o.seq AS session, o.chair AS chair, o.t_ms AS start_ms, o.wall_ms AS start_wall_ms,
      (SELECT p.body ->> 'patient' FROM event p WHERE p.kind = 'session' AND p.chair = o.chair
        AND p.seq >= o.seq AND p.seq < coalesce(o.next, 9223372036854775807)
        AND p.body ->> 'patient' IS NOT NULL ORDER BY p.seq LIMIT 1) AS patient,
      e.t_ms AS last_ms, e.state AS state, iif(e.state IN
        ('signedOff', 'transferred', 'leftAMA', 'aborted'), e.wall_ms, NULL) AS end_wall_ms
    FROM opening o JOIN state e ON e.seq = (
      SELECT max(s.seq) FROM event s WHERE s.kind = 'session' AND s.chair = o.chair
        AND s.seq >= o.seq AND s.seq < coalesce(o.next, 9223372036854775807));
    """

  /// Every change of an alarm a row.
  private static let alarms = """
    CREATE VIEW v_alarms AS
    SELECT seq, t_ms, wall_ms, chair, body ->> 'alarm' AS alarm, body ->> 'change' AS change,
      body ->> 'priority' AS priority, body ->> 'value' AS value, body ->> 'limit' AS limit_value,
      body ->> 'id' AS id, body ->> 'by' AS by_user
    FROM event WHERE kind = 'alarm';
    """

  /// What people and the system did, an entry a row; `body` holds the rest of it.
  private static let audit = """
    CREATE VIEW v_audit AS
    SELECT seq, t_ms, wall_ms, chair, body ->> 'what' AS what, body ->> 'by' AS by_user, body
    FROM event WHERE kind IN ('audit', 'signature')
    UNION ALL
    SELECT NULL, NULL, wall_ms, NULL, 'removed', 'system',
      json_object('what', 'removed', 'job', job, 'place', place, 'first', first, 'last', last)
    FROM removal
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, 'removed', 'system',
      json_object('what', 'removed', 'job', 'tape', 'place', strip, 'last', removed)
    FROM mark WHERE strip = 'tape' AND last = removed AND removed > 0;
    """
}
