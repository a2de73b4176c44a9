import Foundation
import GRDB
import Records
import Vitals

/// Writes rows and the links that cover them: one link a transaction.
///
/// A value, so that a transaction that fails leaves the chain where it was.
struct ChainWriter {
  /// The newest link.
  private(set) var head: (number: Int64, hash: ContentHash)
  /// Up to where the chain covers each table, and the next number to give.
  private var ends: [String: Int64] = [:]
  private var next: [String: Int64] = [:]
  /// What the link that is being made covers so far.
  private var ranges: [String: Link.Range] = [:]
  private var rows: [String: [ContentHash]] = [:]

  /// How many rows of a table one link covers.
  private static let mostRows: Int64 = 4096

  /// Goes on where the log's chain ends.
  init(_ database: Database) throws {
    head = (0, .zero)
    if let row = try Row.fetchOne(database, sql: "SELECT * FROM link ORDER BY seq DESC LIMIT 1") {
      // A link that was tampered with is left for `verify` to name; the chain goes on after it.
      head = (row["seq"], ContentHash(bytes: [UInt8](row["hash"] as Data)) ?? .zero)
      let names = Set(ChainedTable.all.map(\.name))
      for range in Link(row: row)?.ranges ?? [] where names.contains(range.table) {
        ends[range.table] = range.end
      }
    }
    for table in ChainedTable.all {
      let last =
        try Int64.fetchOne(database, sql: "SELECT max(\(table.key)) FROM \(table.name)") ?? 0
      // Numbers that rows have lost are not given again.
      next[table.name] = max(last, ends[table.name] ?? 0) + 1
    }
  }

  /// Inserts a row; without a number it is given the next one, which is returned.
  @discardableResult
  mutating func insert(
    _ table: ChainedTable, _ number: Int64?, _ values: [ChainValue], into database: Database
  ) throws -> Int64 {
    let number = number ?? next[table.name] ?? 1
    let statement = try database.cachedStatement(sql: table.insertion)
    statement.setUncheckedArguments(
      StatementArguments([number.databaseValue] + values.map(\.databaseValue)))
    try statement.execute()
    next[table.name] = max(next[table.name] ?? 1, number + 1)
    try cover(table, number, table.hash(values), in: database)
    return number
  }

  private mutating func cover(
    _ table: ChainedTable, _ number: Int64, _ hash: ContentHash, in database: Database,
    as cause: Link.Cause = .commit
  ) throws {
    // A link covers rows that follow each other, and not too many; then comes another.
    if let range = ranges[table.name], range.end + 1 != number || range.count >= Self.mostRows {
      try seal(cause, in: database)
    }
    var range =
      ranges[table.name] ?? Link.Range(table: table.name, after: number - 1, count: 0)
    range.count += 1
    ranges[table.name] = range
    rows[table.name, default: []].append(hash)
  }

  /// Ends the link over what was inserted; does nothing when that is nothing.
  mutating func seal(_ cause: Link.Cause = .commit, in database: Database) throws {
    guard !ranges.isEmpty else { return }
    let tables = Set(ends.keys).union(ranges.keys).sorted()
    let link = Link(
      number: head.number + 1, wall: .now, cause: cause,
      ranges: tables.map {
        ranges[$0] ?? Link.Range(table: $0, after: ends[$0] ?? 0, count: 0)
      }, rows: tables.flatMap { rows[$0] ?? [] }, previous: head.hash)
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO link (seq, wall_ms, cause, covers, marks, digest, previous, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      link.number, link.wall.milliseconds, link.cause.rawValue, link.covers, Data(link.marks),
      Data(link.digest.bytes), Data(link.previous.bytes), Data(link.hash.bytes),
    ])
    head = (link.number, link.hash)
    for range in link.ranges { ends[range.table] = range.end }
    ranges.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Covers the rows of a log that had no chain before, a few thousand a link.
  static func coverEverything(in database: Database) throws {
    var chain = try ChainWriter(database)
    for table in ChainedTable.all {
      let cursor = try Row.fetchCursor(database, sql: table.selection)
      while let row = try cursor.next() {
        let values = Array(row.databaseValues).dropFirst().map { ChainValue($0) }
        try chain.cover(table, row[0], table.hash(values), in: database, as: .migration)
      }
    }
    try chain.seal(.migration, in: database)
  }
}

extension Link {
  /// A stored link; `nil` when it is not even of the form.
  init?(row: Row) {
    self.init(
      number: row["seq"], wall: WallTime(milliseconds: row["wall_ms"]), cause: row["cause"],
      covers: row["covers"], marks: [UInt8](row["marks"] as Data),
      digest: [UInt8](row["digest"] as Data),
      previous: [UInt8](row["previous"] as Data), hash: [UInt8](row["hash"] as Data))
  }
}

extension WallTime {
  /// What the wall clock shows.
  static var now: WallTime {
    WallTime(milliseconds: Int64(Foundation.Date.now.timeIntervalSince1970 * 1000))
  }
}
