import GRDB
import Records
public import Vitals

/// Whole sessions, to be reported.
extension History {
  /// One visit at one chair, as the log bounds it.
  public struct Visit: Sendable {
    public let chair: ChairID
    /// The number of its first event.
    public let first: Int64
    /// What the wall clock showed then.
    public let startedAt: WallTime
    /// The number of the chair's last event before its next session; `nil` while there is none.
    public let last: Int64?
    /// Whether it has not ended.
    public let isOpen: Bool
  }

  /// A chair's sessions, oldest first.
  public func visits(of chair: ChairID) throws(StoreError) -> [Visit] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT seq, wall_ms, body ->> 'state' AS state FROM event
          WHERE chair = ? AND kind = 'session' ORDER BY seq
          """, arguments: [chair.name])
      var starts: [(first: Int64, wall: WallTime)] = []
      var isOpen = false
      while let row = try rows.next() {
        if !isOpen { starts.append((row["seq"], WallTime(milliseconds: row["wall_ms"]))) }
        isOpen = !Self.endings.contains(row["state"])
      }
      return starts.indices.map { index in
        let next = starts.indices.contains(index + 1) ? starts[index + 1].first : nil
        return Visit(
          chair: chair, first: starts[index].first, startedAt: starts[index].wall,
          last: next.map { $0 - 1 }, isOpen: next == nil && isOpen)
      }
    }
  }

  /// Where a session of a chair lies: when it begins, and the number of the first event of the next
  /// one; the latest, or the one that begins with an event.
  func session(
    of chair: ChairID, beginningWith opening: Int64?
  ) throws(StoreError) -> (start: Instant, next: Int64?)? {
    let visits = try visits(of: chair)
    guard
      let visit = opening.map({ number in visits.first { $0.first == number } }) ?? visits.last
    else { return nil }
    let start = try read {
      try Int64.fetchOne($0, sql: "SELECT t_ms FROM event WHERE seq = ?", arguments: [visit.first])
    }
    return start.map { (.milliseconds($0), visit.last.map { $0 + 1 }) }
  }

  /// The visit whose first event has this number; `nil` when none begins there.
  public func visit(startingAt sequence: Int64) throws(StoreError) -> Visit? {
    let name = try read {
      try String.fetchOne(
        $0, sql: "SELECT chair FROM event WHERE seq = ? AND kind = 'session'",
        arguments: [sequence])
    }
    guard let chair = name.flatMap({ ChairID($0) }) else { return nil }
    return try visits(of: chair).first { $0.first == sequence }
  }

  /// The events of a visit's chair and of the ward while it lasted, in their order.
  public func events(of visit: Visit) throws(StoreError) -> [Event] {
    try read {
      try Row.fetchAll(
        $0, sql: "SELECT * FROM event WHERE chair IN (?, ?) AND seq BETWEEN ? AND ? ORDER BY seq",
        arguments: [visit.chair.name, ChairID.ward.name, visit.first, visit.last ?? .max]
      ).map(Event.init)
    }
  }

  /// What was last said of each device of the visit's chair before it began.
  public func devices(before visit: Visit) throws(StoreError) -> [Event] {
    try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT * FROM event WHERE seq IN (
            SELECT max(seq) FROM event
            WHERE chair = ? AND kind = 'device' AND seq < ?
              AND body ->> 'change' IN ('connected', 'identified')
            GROUP BY body ->> 'slot', body ->> 'change') ORDER BY seq
          """, arguments: [visit.chair.name, visit.first]
      ).map(Event.init)
    }
  }

  /// The manifests of a visit's signatures, oldest first, each with the number of its `event`.
  public func manifests(of visit: Visit) throws(StoreError) -> [String] {
    try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT event, manifest FROM signature WHERE chair = ? AND event >= ? AND event <= ?
          ORDER BY seq
          """, arguments: [visit.chair.name, visit.first, visit.last ?? .max]
      ).compactMap { row in
        JSONValue(row["manifest"] as String)?.with("event", .integer(row["event"] as Int64))
          .canonical
      }
    }
  }

  /// The start of the daemon that ran at an instant, and those after it up to another.
  public func runs(from: Instant, to: Instant) throws(StoreError) -> [Run] {
    try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT * FROM run WHERE instant_ms <= ? AND id >= coalesce(
            (SELECT max(id) FROM run WHERE instant_ms <= ?), (SELECT min(id) FROM run)) ORDER BY id
          """, arguments: [max(to, from).milliseconds, from.milliseconds]
      ).map(Run.init)
    }
  }
}
