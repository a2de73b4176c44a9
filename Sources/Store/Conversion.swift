import Foundation
import GRDB
import Records
import Vitals

/// A log of schema 4 becomes one of schema 5: a row a second becomes blocks, the flight recorder is
/// packed, and the chain covers everything anew from here on.
struct Conversion {
  private let database: Database

  init(_ database: Database) { self.database = database }

  func run() throws {
    try countSamples()
    try makeBlocks()
    let tape = try pack()
    try database.execute(sql: "DROP TABLE sample; DROP TABLE flight; \(Views.creation)")
    try ChainWriter.coverEverything(in: database)
    guard tape.last > 0 else { return }
    var chain = try ChainWriter(database)
    try tape.mark(&chain, in: database)
    try chain.seal(.migration, in: database)
  }

  /// Signed records named the last sample by its number; from now on they count.
  private func countSamples() throws {
    let rows = try Row.fetchAll(
      database, sql: "SELECT seq, event, chair, sample_end, end_ms FROM signature")
    for row in rows {
      guard let chair = ChairID(row["chair"] as String),
        let span = try SessionSpan(of: chair, at: row["event"], in: database)
      else { continue }
      try database.execute(
        sql: """
          UPDATE signature SET samples = (SELECT count(*) FROM sample
            WHERE chair = ? AND t_ms BETWEEN ? AND ? AND seq <= ?) WHERE seq = ?
          """,
        arguments: [
          chair.name, span.start.milliseconds, row["end_ms"] as Int64, row["sample_end"] as Int64,
          row["seq"] as Int64,
        ])
    }
  }

  private func makeBlocks() throws {
    let chairs = try String.fetchAll(
      database, sql: "SELECT DISTINCT chair FROM sample ORDER BY chair")
    var number: Int64 = 0
    for chair in chairs {
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT t_ms, spo2, pr, pi, status FROM sample WHERE chair = ? ORDER BY t_ms, seq",
        arguments: [chair]
      ).map { row in
        StoredSample(
          time: row[0], spo2Column: row[1] ?? ColumnText.absent,
          pulseRateColumn: row[2] ?? ColumnText.absent,
          perfusionColumn: row[3] ?? ColumnText.absent, statusColumn: row[4])
      }
      for block in Block.cut(rows, of: chair) {
        number += 1
        try database.execute(
          sql: ChainedTable.block.insertion,
          arguments: StatementArguments(
            [number.databaseValue] + block.values.map(\.databaseValue)))
      }
    }
  }

  private func pack() throws -> Strip {
    var tape = try Strip(.tape, in: database)
    let rows = try Row.fetchCursor(
      database, sql: "SELECT first_ms, last_ms, block FROM flight ORDER BY seq")
    while let row = try rows.next() {
      let block = [UInt8](row[2] as Data)
      try tape.append(
        [
          .integer(row[0]), .integer(row[1]), .integer(Int64(block.count)),
          .blob(Deflate.pack(block)),
        ], to: database)
    }
    return tape
  }
}
