import Foundation
import GRDB
import Records

/// The hashes of rows that were removed when their time was over, as the chain still needs them.
struct Removals {
  private var hashes: [String: [Int64: ContentHash]] = [:]

  init() {}

  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT place, first, last, hashes FROM removal ORDER BY seq")
    while let row = try rows.next() {
      let (place, first, last): (String, Int64, Int64) = (row[0], row[1], row[2])
      let bytes = [UInt8](row[3] as Data)
      // A row that was tampered with is named by the chain; here it proves nothing.
      guard first <= last, Int64(bytes.count) == (last - first + 1) * 32 else { continue }
      for (offset, number) in (first...last).enumerated() {
        hashes[place, default: [:]][number] = ContentHash(
          bytes: Array(bytes[offset * 32..<offset * 32 + 32]))
      }
    }
  }

  subscript(_ table: String) -> [Int64: ContentHash] { hashes[table] ?? [:] }
}
