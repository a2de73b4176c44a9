import Foundation
import GRDB
import Records

/// Goes through a strip and finds what is not as it was written.
struct StripWalk {
  private let table: Strip.Table
  private(set) var count = 0
  private(set) var findings: [Finding] = []

  /// No more findings than this are kept; one lost row makes no other wrong.
  private static let mostKept = 1000

  /// Walks a strip beside its marks in the chain; `heads` are where head files saw it end.
  init(_ table: Strip.Table, in database: Database, heads: [ChainHead.End]) throws {
    self.table = table
    let marks = try Row.fetchAll(
      database, sql: "SELECT last, hash, removed FROM mark WHERE strip = ? ORDER BY seq",
      arguments: [table.name]
    ).map { (last: $0[0] as Int64, hash: $0[1] as Data, removed: $0[2] as Int64) }
    let removed = marks.map(\.removed).max() ?? 0
    var known: [Int64: [UInt8]] = [:]
    for mark in marks { known[mark.last] = [UInt8](mark.hash) }
    for head in heads { known[head.number] = head.hash.bytes }
    let end = known.keys.max() ?? 0
    var last = removed
    var hash: ContentHash? =
      removed == 0 ? .zero : known[removed].flatMap { ContentHash(bytes: $0) }

    let rows = try Row.fetchCursor(database, sql: table.selection)
    while let row = try rows.next() {
      count += 1
      let number: Int64 = row[0]
      guard number > last else {
        add(number, .inserted, "rows up to \(removed) were removed")
        continue
      }
      if number > last + 1 {
        if last < end { addMissing(last + 1, upTo: min(number - 1, end)) }
        if last >= end || number > end + 1 {
          add(number, .inserted, "it does not follow row \(max(last, end))")
        }
        hash = nil
      }
      let stored = [UInt8](row[table.columns.count + 1] as Data)
      let values = Array(row.databaseValues).dropFirst().dropLast().map { ChainValue($0) }
      let isRight = hash.map { table.hash(number, values, after: $0).bytes == stored }
      if isRight == false || known[number].map({ $0 != stored }) == true {
        add(number, .changed, "")
      }
      hash = ContentHash(bytes: stored)
      last = number
    }
    if last < end { addMissing(last + 1, upTo: end) }
    findings.sort { ($0.row ?? 0) < ($1.row ?? 0) }
  }

  private mutating func addMissing(_ first: Int64, upTo last: Int64) {
    let detail = last > first ? "with all up to \(last)" : ""
    add(first, .missing, detail)
  }

  private mutating func add(_ number: Int64, _ problem: Finding.Problem, _ detail: String) {
    if findings.count < Self.mostKept {
      findings.append(Finding(table.name, number, problem, detail))
    }
  }
}
