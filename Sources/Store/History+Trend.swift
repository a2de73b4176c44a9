import GRDB
public import Vitals

/// Five minutes of a chair at a glance.
public struct TrendPoint: Hashable, Sendable {
  /// One parameter: over the seconds whose value may be believed.
  public struct Figure: Hashable, Sendable {
    public let validSeconds: Int
    public let minimum: Int
    public let median: Int
    public let maximum: Int
  }

  public let from: Instant
  /// The last second in it.
  public let to: Instant
  /// Percent; `nil` when there was nothing to believe.
  public let saturation: Figure?
  /// Per minute.
  public let pulseRate: Figure?
}

/// A session as the log lists it.
public struct SessionEntry: Hashable, Sendable {
  public let chair: ChairID
  /// The number of the event that opened it.
  public let opening: Int64
  public let start: Instant
  public let startedAt: WallTime
  /// When it last changed its state; the end of one that is over.
  public let last: Instant
}

/// What is asked of years: read from indices alone.
extension History {
  /// A chair's five-minute trend in an interval, oldest first.
  public func trend(of chair: ChairID, from: Instant, to: Instant) throws(StoreError)
    -> [TrendPoint]
  {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT first_ms, last_ms, spo2_valid, spo2_min, spo2_median, spo2_max,
            pr_valid, pr_min, pr_median, pr_max FROM block
          WHERE chair = ?1 AND first_ms <= ?3 AND first_ms >= coalesce(
            (SELECT max(first_ms) FROM block WHERE chair = ?1 AND first_ms <= ?2), ?2)
            AND last_ms >= ?2 ORDER BY first_ms
          """)
      return try Row.fetchAll(
        statement, arguments: [chair.name, from.milliseconds, to.milliseconds]
      ).map { row in
        TrendPoint(
          from: .milliseconds(row[0]), to: .milliseconds(row[1]),
          saturation: TrendPoint.Figure(row, 2), pulseRate: TrendPoint.Figure(row, 6))
      }
    }
  }

  /// The sessions of one patient, by what the clinic calls them, oldest first.
  public func sessions(of patient: String) throws(StoreError) -> [SessionEntry] {
    try read { database in
      let openings = try Row.fetchAll(
        database,
        sql: """
          SELECT seq, chair, t_ms, wall_ms FROM event
          WHERE iif(json_valid(body), body ->> 'patient', NULL) = ? AND kind = 'session'
          ORDER BY seq
          """, arguments: [patient])
      var entries: [SessionEntry] = []
      for row in openings {
        guard let chair = ChairID(row[1] as String),
          let span = try SessionSpan(of: chair, at: row[0], in: database),
          entries.last?.opening != span.opening
        else { continue }
        let last = try Int64.fetchOne(
          database,
          sql: """
            SELECT t_ms FROM event WHERE kind = 'session' AND chair = ? AND seq >= ? AND seq < coalesce(
              (SELECT min(seq) FROM event WHERE kind = 'session' AND chair = ?1 AND seq > ?2
                AND body ->> 'state' IN ('scheduled', 'baseline')), 9223372036854775807)
            ORDER BY seq DESC LIMIT 1
            """, arguments: [chair.name, span.opening])
        entries.append(
          SessionEntry(
            chair: chair, opening: span.opening, start: span.start, startedAt: span.startedAt,
            last: last.map(Instant.milliseconds) ?? span.start))
      }
      return entries
    }
  }
}

extension TrendPoint.Figure {
  /// Four columns of a row, the first of them at an index.
  fileprivate init?(_ row: Row, _ index: Int) {
    guard let minimum = row[index + 1] as Int?, let median = row[index + 2] as Int?,
      let maximum = row[index + 3] as Int?
    else { return nil }
    self.init(validSeconds: row[index], minimum: minimum, median: median, maximum: maximum)
  }
}
