import GRDB
public import Vitals

/// What a log holds and what that takes.
public struct LogStatistics: Sendable {
  /// A table with its indices.
  public struct Table: Sendable {
    public let name: String
    public let rows: Int
    /// Pages that it fills, in bytes.
    public let bytes: Int
  }

  /// In order of name.
  public let tables: [Table]
  public let fileBytes: Int
  /// Pages that hold nothing now.
  public let freeBytes: Int
  /// Numbers of SpO2, pulse rate and perfusion index, missing ones included.
  public let readings: Int
  public let sessions: Int
  public let signatures: Int
  public let epoch: Int
  public let schema: Int
  /// What the wall clock showed at the first and at the last event.
  public let first: WallTime?
  public let last: WallTime?

  /// Bytes of blocks and their index a reading; `nil` without blocks.
  public var bytesPerReading: Double? {
    guard readings > 0, let block = tables.first(where: { $0.name == "block" }) else { return nil }
    return Double(block.bytes) / Double(readings)
  }

  /// - Throws: ``StoreError`` for what is no log of this version.
  public init(path: String) throws(StoreError) {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      self = try database.read { try LogStatistics($0) }
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
  }

  private init(_ database: Database) throws {
    func number(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
    let page = try number("PRAGMA page_size")
    fileBytes = try number("PRAGMA page_count") * page
    freeBytes = try number("PRAGMA freelist_count") * page
    let names = try String.fetchAll(
      database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    tables = try names.map { name in
      Table(
        name: name, rows: try number("SELECT count(*) FROM \(name)"),
        bytes: try Int.fetchOne(
          database,
          sql: """
            SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE
              AND name IN (SELECT name FROM sqlite_master WHERE tbl_name = ?)
            """, arguments: [name]) ?? 0)
    }
    readings = 3 * (try number("SELECT sum(n) FROM block"))
    sessions = try number("SELECT count(*) FROM v_sessions")
    signatures = try number("SELECT count(*) FROM signature")
    epoch = try number("SELECT max(epoch) FROM run")
    schema = try number("PRAGMA user_version")
    let walls = try Row.fetchOne(
      database,
      sql: """
        SELECT (SELECT wall_ms FROM event ORDER BY seq LIMIT 1),
          (SELECT wall_ms FROM event ORDER BY seq DESC LIMIT 1)
        """)
    first = (walls?[0] as Int64?).map(WallTime.init(milliseconds:))
    last = (walls?[1] as Int64?).map(WallTime.init(milliseconds:))
  }
}
