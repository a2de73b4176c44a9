import Foundation
import GRDB
import Records
import Vitals

/// A small transaction of a retention job: so many rows of one kind, with what the chain needs to go
/// on without them.
struct RetentionStep {
  let plan: RetentionPlan
  let database: Database

  /// Rows a step: the writer has other things to do.
  private static let most = 250

  /// Removes some rows; `false` when nothing is left to remove.
  func run(_ writer: inout LogWriter, _ report: inout RetentionReport) throws -> Bool {
    try removeTape(&writer, &report) || removeIdle(&writer, &report)
      || removeRecords(&writer, &report)
  }

  private func removeTape(_ writer: inout LogWriter, _ report: inout RetentionReport) throws -> Bool
  {
    guard writer.tape.removed < plan.tapeEnd else { return false }
    let before = writer.tape.removed
    try writer.tape.remove(
      upTo: min(plan.tapeEnd, before + Int64(Self.most)), from: database, &writer.chain)
    report.tapeRows += Int(writer.tape.removed - before)
    return writer.tape.removed > before
  }

  private func removeIdle(_ writer: inout LogWriter, _ report: inout RetentionReport) throws -> Bool
  {
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT seq, chair, first_ms, last_ms FROM block WHERE last_ms < ? ORDER BY seq",
      arguments: [plan.idleEnd])
    var numbers: [Int64] = []
    while numbers.count < Self.most, let row = try rows.next() {
      let (first, last): (Int64, Int64) = (row[2], row[3])
      if !plan.isOfSession(row[1], first...max(first, last)) { numbers.append(row[0]) }
    }
    report.idleBlocks += numbers.count
    return try remove(numbers, of: .block, job: "idle", &writer.chain)
  }

  private func removeRecords(
    _ writer: inout LogWriter, _ report: inout RetentionReport
  ) throws -> Bool {
    let old: [(ChainedTable, String)] = [
      (.block, "last_ms < \(plan.recordEnd)"), (.signature, "event <= \(plan.eventEnd)"),
      (.event, "seq <= \(plan.eventEnd)"),
    ]
    for (table, condition) in old {
      let numbers = try Int64.fetchAll(
        database,
        sql:
          "SELECT \(table.key) FROM \(table.name) WHERE \(condition) ORDER BY 1 LIMIT \(Self.most)")
      report.records += numbers.count
      if try remove(numbers, of: table, job: "record", &writer.chain) { return true }
    }
    return false
  }

  /// Removes rows, run by run of numbers that follow each other.
  private func remove(
    _ numbers: [Int64], of table: ChainedTable, job: String, _ chain: inout ChainWriter
  ) throws -> Bool {
    var rest = numbers[...]
    while let first = rest.first {
      let count = zip(rest, first...).prefix { $0 == $1 }.count
      let last = first + Int64(count) - 1
      rest = rest.dropFirst(count)
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM (\(table.selection)) WHERE \(table.key) BETWEEN \(first) AND \(last)
          """)
      let hashes = rows.flatMap { row in
        table.hash(Array(row.databaseValues).dropFirst().map { ChainValue($0) }).bytes
      }
      try database.execute(
        sql: "DELETE FROM \(table.name) WHERE \(table.key) BETWEEN \(first) AND \(last)")
      try chain.insert(
        .removal, nil,
        [
          .integer(WallTime.now.milliseconds), .text(job), .text(table.name), .integer(first),
          .integer(last), .blob(hashes),
        ], into: database)
    }
    return !numbers.isEmpty
  }
}
