import GRDB
import Records
import Vitals

/// Where a session lies in the log: from the event that opened it.
struct SessionSpan {
  let chair: ChairID
  /// The event that opened it.
  let opening: Int64
  let start: Instant
  let startedAt: WallTime
  /// Whether it had ended at the event it was looked for from.
  let isClosed: Bool

  static let endings: Set<String> = ["signedOff", "transferred", "leftAMA", "aborted"]
  private static let openings: Set<String> = ["scheduled", "baseline"]

  /// The session that an event of a chair belongs to; `nil` when there is none yet.
  ///
  /// A session begins when a chair is booked or a patient checked in after the end of another. One
  /// that is taken up again after its end is the same.
  init?(of chair: ChairID, at event: Int64, in database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT seq, t_ms, wall_ms, body FROM event
        WHERE chair = ? AND kind = 'session' AND seq <= ? ORDER BY seq DESC
        """, arguments: [chair.name, event])
    var (newest, first, isOpening): (String?, Row?, Bool) = (nil, nil, false)
    while let row = try rows.next() {
      let state = Self.state(of: row["body"])
      if isOpening, Self.endings.contains(state) { break }
      newest = newest ?? state
      isOpening = Self.openings.contains(state)
      first = row.copy()
    }
    guard let first, let newest else { return nil }
    self.chair = chair
    opening = first["seq"]
    start = .milliseconds(first["t_ms"])
    startedAt = WallTime(milliseconds: first["wall_ms"])
    isClosed = Self.endings.contains(newest)
  }

  /// The state that a session event says.
  static func state(of line: String) -> String { JSONValue(line)?["state"]?.text ?? "" }

  /// The last event that can belong to the session.
  func lastEvent(in database: Database) throws -> Int64 {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT seq, body FROM event WHERE chair = ? AND kind = 'session' AND seq > ? ORDER BY seq
        """, arguments: [chair.name, opening])
    var wasEnding = false
    while let row = try rows.next() {
      let state = Self.state(of: row["body"])
      if wasEnding, Self.openings.contains(state) { return row["seq"] - 1 }
      wasEnding = Self.endings.contains(state)
    }
    return try Int64.fetchOne(database, sql: "SELECT max(seq) FROM event") ?? opening
  }
}
