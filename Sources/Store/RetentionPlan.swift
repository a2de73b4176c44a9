import GRDB
import Vitals

/// What may go: decided once at the beginning of a job, with a reader's eyes.
struct RetentionPlan {
  /// Rows of the tape up to here.
  let tapeEnd: Int64
  /// Idle seconds before this instant.
  let idleEnd: Int64
  /// Records before this instant, and events up to this number.
  let recordEnd: Int64
  let eventEnd: Int64
  /// The spans of all sessions, by chair, oldest first.
  let sessions: [String: [ClosedRange<Int64>]]

  init(_ rules: Retention, at now: WallTime, in database: Database) throws {
    let visits = try Row.fetchAll(
      database,
      sql: """
        SELECT chair, start_ms, last_ms, end_wall_ms, session,
          lead(session) OVER (PARTITION BY chair ORDER BY session) FROM v_sessions ORDER BY session
        """
    )
    var sessions: [String: [ClosedRange<Int64>]] = [:]
    var (openStart, lateStart) = (Int64.max, Int64.max)
    let cutoff = try Self.event(before: now, days: rules.recordDays, in: database)
    for visit in visits {
      let (chair, start): (String, Int64) = (visit[0], visit[1])
      let isOpen = visit[3] as Int64? == nil
      let end = isOpen ? Int64.max : max(start, visit[2] as Int64)
      sessions[chair, default: []].append(start...end)
      if isOpen { openStart = min(openStart, start) }
      // What people add to a session after its end keeps it.
      let word = try Int64.fetchOne(
        database,
        sql: """
          SELECT t_ms FROM event WHERE chair = ? AND seq >= ? AND seq < ?
            AND kind IN ('session', 'signature', 'audit') ORDER BY seq DESC LIMIT 1
          """, arguments: [chair, visit[4] as Int64, visit[5] as Int64? ?? .max])
      if isOpen || (word ?? end) > cutoff.time { lateStart = min(lateStart, start) }
    }
    self.sessions = sessions
    idleEnd = try Self.event(before: now, days: rules.idleDays, in: database).time
    recordEnd = min(cutoff.time, lateStart)
    eventEnd =
      lateStart > cutoff.time
      ? cutoff.number
      : try Int64.fetchOne(
        database, sql: "SELECT max(seq) FROM event WHERE seq <= ? AND t_ms < ?",
        arguments: [cutoff.number, recordEnd]) ?? 0
    // A row that ends with an event is as old as that; one that ends with a check-in is needed.
    let aged = try Self.event(before: now, days: rules.tapeDays, in: database).time
    let tapeCutoff = min(aged == .min ? aged : aged + 1, openStart)
    tapeEnd =
      try TimeSearch.first(
        in: "tape", by: "last_ms", atOrAfter: tapeCutoff, database) - 1
  }

  /// Whether a span of a chair's time belongs to a session in any part.
  func isOfSession(_ chair: String, _ span: ClosedRange<Int64>) -> Bool {
    sessions[chair]?.contains { $0.overlaps(span) } == true
  }

  /// The newest event that is so many days old, and when it was; nothing is older than no event.
  private static func event(
    before now: WallTime, days: Int, in database: Database
  ) throws -> (number: Int64, time: Int64) {
    let wall = now.milliseconds - Int64(days) * 86_400_000
    // Wall times rise with the numbers, but for steps of the clock; days make up for those.
    var low = try Int64.fetchOne(database, sql: "SELECT min(seq) FROM event") ?? 1
    var end = (try Int64.fetchOne(database, sql: "SELECT max(seq) FROM event") ?? 0) + 1
    while low < end {
      let middle = low + (end - low) / 2
      let time = try Int64.fetchOne(
        database, sql: "SELECT wall_ms FROM event WHERE seq >= ? ORDER BY seq LIMIT 1",
        arguments: [middle])
      if let time, time < wall { low = middle + 1 } else { end = middle }
    }
    let time = try Int64.fetchOne(
      database, sql: "SELECT t_ms FROM event WHERE seq < ? ORDER BY seq DESC LIMIT 1",
      arguments: [low])
    return (low - 1, time ?? .min)
  }
}
