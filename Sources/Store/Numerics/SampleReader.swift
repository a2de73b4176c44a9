import Foundation
import GRDB
import Records
import Vitals

/// Reads samples, be they in blocks or still open.
struct SampleReader {
  let database: Database

  /// A chair's samples of an interval of the ward's time, both ends included, in their order.
  func rows(of chair: String, from: Int64 = .min, to: Int64 = .max) throws -> [StoredSample] {
    var rows: [StoredSample] = []
    // Once, and never for more than a day: growing block by block would copy the rest each time.
    let (seconds, isHuge) = to.subtractingReportingOverflow(from)
    if !isHuge, seconds > 0 { rows.reserveCapacity(Int(min(seconds / 1000 + 2, 86_400))) }
    try blocks(of: chair, from: from, to: to) { block in
      guard try append(block, from: from, to: to, &rows) else {
        throw StoreError.cannotRead(
          reason: "block \(block[0] as Int64) does not make sense; run chairside verify")
      }
    }
    try open(of: chair) { _, row in
      if row.time >= from, row.time <= to { rows.append(row) }
    }
    return rows
  }

  /// Everything that is open, for a writer that goes on.
  func stretch() throws -> Stretch {
    var stretch = Stretch()
    try open(of: nil) { chair, row in
      if let chair = ChairID(chair) { stretch.append(row, of: chair) }
    }
    return stretch
  }

  /// A block by its number; `nil` when it does not make sense.
  func block(_ number: Int64) throws -> Block? {
    let cursor = try Row.fetchCursor(
      try database.cachedStatement(
        sql: "SELECT seq, first_ms, n, times, spo2, pr, pi, status, chair FROM block WHERE seq = ?"),
      arguments: [number])
    // The row is the cursor's, and lives no longer.
    guard let row = try cursor.next() else { return nil }
    var rows: [StoredSample] = []
    guard try append(row, from: .min, to: .max, &rows) else { return nil }
    return Block(chair: row[8], rows: rows[...])
  }

  private static let columns = 5

  private func blocks(
    of chair: String, from: Int64, to: Int64, _ body: (Row) throws -> Void
  ) throws {
    // The block that an interval begins in began before it.
    let statement = try database.cachedStatement(
      sql: """
        SELECT seq, first_ms, n, times, spo2, pr, pi, status FROM block
        WHERE chair = ?1 AND first_ms <= ?3 AND first_ms >= coalesce(
          (SELECT max(first_ms) FROM block WHERE chair = ?1 AND first_ms <= ?2), ?2)
        ORDER BY chair, first_ms, seq
        """)
    let cursor = try Row.fetchCursor(statement, arguments: [chair, from, to])
    while let row = try cursor.next() { try body(row) }
  }

  private func append(
    _ block: Row, from: Int64, to: Int64, _ rows: inout [StoredSample]
  ) throws -> Bool {
    let (first, count): (Int64, Int) = (block[1], block[2])
    // Ten of the longest blocks that two samples a second could make; no number in a file is trusted.
    guard count > 0, count <= 100_000 else { return false }
    return try withUnsafeTemporaryAllocation(of: Int32.self, capacity: count * Self.columns) {
      values in
      for column in 0..<Self.columns {
        let part = UnsafeMutableBufferPointer(
          rebasing: values[column * count..<(column + 1) * count])
        let isRead = try block.withUnsafeData(atIndex: 3 + column) { text in
          text?.withUnsafeBytes {
            ColumnText.decode($0, from: column == 0 ? Block.inPlace : 0, into: part)
          } == true
        }
        guard isRead else { return false }
      }
      withUnsafeTemporaryAllocation(of: StoredSample.self, capacity: count) { samples in
        // Put together first and appended at once: thousands of appends cost more than the decoding.
        var kept = 0
        for index in 0..<count {
          let time =
            first &+ Int64(index) &* 1000 &+ Int64(values[index]) &- Int64(Block.inPlace)
          guard time >= from, time <= to else { continue }
          samples.initializeElement(
            at: kept,
            to: StoredSample(
              time: time, spo2Column: values[count + index],
              pulseRateColumn: values[2 * count + index],
              perfusionColumn: values[3 * count + index],
              statusColumn: values[4 * count + index]))
          kept += 1
        }
        rows.append(contentsOf: UnsafeBufferPointer(rebasing: samples[..<kept]))
      }
      return true
    }
  }

  private func open(of chair: String?, _ body: (String, StoredSample) -> Void) throws {
    let cursor = try Row.fetchCursor(
      try database.cachedStatement(sql: "SELECT seq, samples FROM open ORDER BY seq"))
    while let row = try cursor.next() {
      let isRead = try row.withUnsafeData(atIndex: 1) { text in
        text?.withUnsafeBytes { OpenText.read($0, of: chair, body) } == true
      }
      guard isRead else {
        throw StoreError.cannotRead(
          reason: "open \(row[0] as Int64) does not make sense; run chairside verify")
      }
    }
  }
}
