import Foundation
import GRDB
import Records

/// A table of many short-lived rows, each of which proves the one before by a running hash: the open
/// samples and the tape.
///
/// The chain covers where a strip stands now and then (``ChainedTable/mark``), not its rows, so that
/// rows may be taken off its front, when their time is over, without a trace in every link.
struct Strip: Sendable {
  let table: Table
  /// The newest row that ever was, and its hash.
  private(set) var last: Int64 = 0
  private(set) var hash = ContentHash.zero
  /// Rows up to here are gone.
  private(set) var removed: Int64 = 0

  /// A table that is a strip: its columns between `seq` and `hash`.
  struct Table: Sendable {
    let name: String
    let columns: [String]
    let insertion: String
    let selection: String

    private init(_ name: String, _ columns: String) {
      self.name = name
      self.columns = columns.split(separator: " ").map(String.init)
      let names = (["seq"] + self.columns + ["hash"]).joined(separator: ", ")
      let places = (0..<self.columns.count + 2).map { _ in "?" }.joined(separator: ", ")
      insertion = "INSERT INTO \(name) (\(names)) VALUES (\(places))"
      selection = "SELECT \(names) FROM \(name) ORDER BY seq"
    }

    /// Samples that no block holds yet, a row a commit.
    static let open = Table("open", "samples")
    /// The flight recorder: blocks of everything that reached the ward, packed.
    static let tape = Table("tape", "first_ms last_ms length block")
    static let all = [open, tape]

    /// The hash of a row after another.
    func hash(_ number: Int64, _ values: [ChainValue], after previous: ContentHash) -> ContentHash {
      var row = ChainRow(table: name)
      row.add("seq", .integer(number))
      for (column, value) in zip(columns, values) { row.add(column, value) }
      row.add("previous", .blob(previous.bytes))
      return row.hash
    }
  }

  /// Goes on where the table ends.
  init(_ table: Table, in database: Database) throws {
    self.table = table
    if let mark = try Row.fetchOne(
      database,
      sql: "SELECT last, hash, removed FROM mark WHERE strip = ? ORDER BY seq DESC LIMIT 1",
      arguments: [table.name])
    {
      (last, removed) = (mark[0], mark[2])
      hash = ContentHash(bytes: [UInt8](mark[1] as Data)) ?? .zero
    }
    if let row = try Row.fetchOne(
      database, sql: "SELECT seq, hash FROM \(table.name) ORDER BY seq DESC LIMIT 1"),
      (row[0] as Int64) > last
    {
      last = row[0]
      hash = ContentHash(bytes: [UInt8](row[1] as Data)) ?? .zero
    }
  }

  mutating func append(_ values: [ChainValue], to database: Database) throws {
    let next = table.hash(last + 1, values, after: hash)
    let statement = try database.cachedStatement(sql: table.insertion)
    statement.setUncheckedArguments(
      StatementArguments(
        [(last + 1).databaseValue] + values.map(\.databaseValue)
          + [Data(next.bytes).databaseValue]))
    try statement.execute()
    (last, hash) = (last + 1, next)
  }

  /// Takes the rows up to a number off the front, and notes it in the chain.
  mutating func remove(
    upTo number: Int64, from database: Database, _ chain: inout ChainWriter
  ) throws {
    let end = min(number, last)
    guard end > removed else { return }
    let hash: ContentHash
    if end == last {
      hash = self.hash
    } else {
      let stored = try Data.fetchOne(
        database, sql: "SELECT hash FROM \(table.name) WHERE seq = ?", arguments: [end])
      hash = stored.flatMap { ContentHash(bytes: [UInt8]($0)) } ?? .zero
    }
    try database.execute(sql: "DELETE FROM \(table.name) WHERE seq <= ?", arguments: [end])
    removed = end
    try mark(end, hash, &chain, in: database)
  }

  /// Notes in the chain where the strip stands.
  func mark(_ chain: inout ChainWriter, in database: Database) throws {
    try mark(last, hash, &chain, in: database)
  }

  private func mark(
    _ number: Int64, _ hash: ContentHash, _ chain: inout ChainWriter, in database: Database
  ) throws {
    try chain.insert(
      .mark, nil,
      [
        .text(table.name), .integer(number), .blob(hash.bytes), .integer(removed),
      ], into: database)
  }
}
