public import DispatchKit
import Foundation
import GRDB
import Records
public import Vitals

/// The reader of a log: its own connection on its own queue, so that no question ever delays the
/// writer or a `Task`.
public actor History: QueueActor {
  public nonisolated let executor = SerialQueueExecutor(label: "store.read")
  private let database: DatabaseQueue

  private let path: String

  /// Opens a log for reading; it must exist.
  ///
  /// `reach` is ``Store/reach`` within the daemon, and otherwise shared.
  public init(path: String, reach: LogReach = .shared) throws(StoreError) {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "store.read"
    do {
      database = try DatabaseQueue(path: reach.name(of: path), configuration: configuration)
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
  }

  /// A stored event: its number and its timeline line.
  public struct Event: Sendable {
    public let sequence: Int64
    public let at: Instant
    public let wall: WallTime
    public let chair: String
    public let kind: String
    public let line: String

    init(row: Row) {
      sequence = row["seq"]
      at = .milliseconds(row["t_ms"])
      wall = WallTime(milliseconds: row["wall_ms"])
      chair = row["chair"]
      kind = row["kind"]
      line = row["body"]
    }
  }

  /// Events after a number, oldest first.
  public func events(after sequence: Int64, limit: Int) throws(StoreError) -> [Event] {
    try read {
      try Row.fetchAll(
        $0, sql: "SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?",
        arguments: [sequence, limit]
      ).map(Event.init)
    }
  }

  /// A chair's newest events, oldest first.
  public func events(of chair: ChairID, limit: Int) throws(StoreError) -> [Event] {
    try read {
      try Row.fetchAll(
        $0, sql: "SELECT * FROM event WHERE chair = ? ORDER BY seq DESC LIMIT ?",
        arguments: [chair.name, limit]
      ).reversed().map(Event.init)
    }
  }

  /// The events of a chair and of the ward from an instant on, up to one with a number.
  public func events(
    of chair: ChairID, from start: Instant, before end: Int64? = nil
  ) throws(StoreError) -> [Event] {
    try read {
      try Row.fetchAll(
        $0,
        sql: "SELECT * FROM event WHERE chair IN (?, ?) AND t_ms >= ? AND seq < ? ORDER BY seq",
        arguments: [chair.name, ChairID.ward.name, start.milliseconds, end ?? .max]
      ).map(Event.init)
    }
  }

  /// The number of the newest event, there or lost, so that none is given twice; 0 in an empty log.
  public func lastSequence() throws(StoreError) -> Int64 {
    try read { database in
      let stored = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM event") ?? 0
      let link = try Row.fetchOne(database, sql: "SELECT * FROM link ORDER BY seq DESC LIMIT 1")
      let range = link.flatMap(Link.init)?.ranges.first { $0.table == ChainedTable.event.name }
      return max(stored, range?.end ?? 0)
    }
  }

  /// The latest instant that anything in the log belongs to.
  public func lastInstant() throws(StoreError) -> Instant? {
    try read {
      try Int64.fetchOne(
        $0,
        sql: """
          SELECT max(t) FROM (SELECT max(t_ms) AS t FROM event
            UNION ALL SELECT last_ms FROM tape WHERE seq = (SELECT max(seq) FROM tape))
          """
      ).map(Instant.milliseconds)
    }
  }

  /// The newest start of a daemon.
  public func lastRun() throws(StoreError) -> Run? {
    try read {
      try Row.fetchOne($0, sql: "SELECT * FROM run ORDER BY id DESC LIMIT 1").map(Run.init)
    }
  }

  /// The start of the daemon that ran at an instant; the first one for an earlier instant.
  public func run(at instant: Instant) throws(StoreError) -> Run? {
    try read {
      try Row.fetchOne(
        $0,
        sql: """
          SELECT * FROM run WHERE id = coalesce(
            (SELECT max(id) FROM run WHERE instant_ms <= ?), (SELECT min(id) FROM run))
          """, arguments: [instant.milliseconds]
      ).map(Run.init)
    }
  }

  /// A chair's samples in an interval, oldest first.
  public func samples(
    of chair: ChairID, from: Instant, to: Instant
  ) throws(StoreError) -> [StoredSample] {
    try read { database in
      try SampleReader(database: database).rows(
        of: chair.name, from: from.milliseconds, to: to.milliseconds)
    }
  }

  /// Blocks of the flight recorder that reach to `from` or later and begin by `to`, oldest first.
  public func flight(from: Instant, to: Instant? = nil) throws(StoreError) -> [[UInt8]] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT seq, length, block FROM tape WHERE seq >= ? AND last_ms >= ? AND first_ms <= ?
          ORDER BY seq
          """,
        arguments: [
          TimeSearch.first(
            in: "tape", by: "last_ms", atOrAfter: from.milliseconds, database), from.milliseconds,
          to?.milliseconds ?? .max,
        ]
      ).map { row in
        // What cannot be unpacked is an empty block, which no reader of blocks takes for one: a daemon
        // goes on with the rest, and `chairside db check` names the row.
        Deflate.unpack([UInt8](row[2] as Data), count: row[1]) ?? []
      }
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try database.read(body)
    } catch let error as DatabaseError where error.isDamage {
      throw .damaged(path: path, reason: "\(error)")
    } catch {
      throw .cannotRead(reason: "\(error)")
    }
  }
}
