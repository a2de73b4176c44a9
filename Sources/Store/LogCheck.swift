import Foundation
import GRDB
import Records

/// Whether a log can be read in every part: SQLite's own check, and whether each block and each row of
/// the tape makes sense and its rollup is that of its seconds.
///
/// Says nothing of tampering; that is ``LogVerification``.
public struct LogCheck: Sendable {
  /// What is wrong, in words; empty when nothing is.
  public private(set) var complaints: [String] = []
  public private(set) var blocks = 0
  public private(set) var samples = 0
  public private(set) var tapeRows = 0

  /// - Throws: ``StoreError`` for what is no log.
  public init(path: String) throws(StoreError) {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      try database.read { database in
        let answers = try String.fetchAll(database, sql: "PRAGMA integrity_check")
        complaints += answers.filter { $0 != "ok" }
        try checkBlocks(database)
        try checkTape(database)
      }
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
  }

  private mutating func checkBlocks(_ database: Database) throws {
    let reader = SampleReader(database: database)
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM (\(ChainedTable.block.selection))")
    while let row = try rows.next() {
      blocks += 1
      let number: Int64 = row["seq"]
      guard let block = try reader.block(number) else {
        complaints.append("block \(number) does not make sense")
        continue
      }
      samples += block.rows.count
      let stored = Array(row.databaseValues).dropFirst().map { ChainValue($0) }
      if block.values != stored {
        complaints.append("block \(number) is not what its seconds give")
      }
    }
    do { _ = try reader.stretch() } catch { complaints.append("\(error)") }
  }

  private mutating func checkTape(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT seq, length, block FROM tape ORDER BY seq")
    while let row = try rows.next() {
      tapeRows += 1
      if Deflate.unpack([UInt8](row[2] as Data), count: row[1]) == nil {
        complaints.append("tape \(row[0] as Int64) cannot be unpacked")
      }
    }
  }
}
