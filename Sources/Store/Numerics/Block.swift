import Records

/// Up to five minutes of one chair's samples: a row of the table `block`, column by column, with a
/// rollup of each parameter.
///
/// Blocks keep to a grid of five minutes of the ward's time; an instant belongs to one cell of it.
/// All parameters stand in one row because they are read together: a third of the rows, of the marks
/// in the chain and of the index that one row a parameter would take.
struct Block {
  /// Milliseconds of a cell.
  static let cell: Int64 = 300_000

  /// The cell that an instant lies in.
  static func cell(of time: Int64) -> Int64 {
    (time >= 0 ? time : time - cell + 1) / cell
  }

  let chair: String
  let rows: ArraySlice<StoredSample>

  /// How far a sample may be from its place at one a second, ms: what the column of times can hold.
  static let reach: Int64 = 1 << 23
  /// The value that says “in its place”.
  static let inPlace = Int32(reach)

  /// Cuts the rows of one chair, in their order, into blocks.
  static func cut(_ rows: [StoredSample], of chair: String) -> [Block] {
    var (blocks, begin): ([Block], Int) = ([], 0)
    func close(at end: Int) {
      if end > begin { blocks.append(Block(chair: chair, rows: rows[begin..<end])) }
      begin = end
    }
    for (index, row) in rows.enumerated() where index > begin {
      let first = rows[begin].time
      let isFar = abs(row.time - first - Int64(index - begin) * 1000) >= reach
      if cell(of: row.time) != cell(of: first) || isFar { close(at: index) }
    }
    close(at: rows.count)
    return blocks
  }

  /// The values of ``ChainedTable/block``, in its order.
  var values: [ChainValue] {
    let first = rows.first?.time ?? 0
    let times = rows.enumerated().map { index, row in
      Int32(truncatingIfNeeded: row.time - first - Int64(index) * 1000) + Self.inPlace
    }
    let columns = [
      ColumnText.encode(times, from: Self.inPlace), ColumnText.encode(rows.map(\.spo2Column)),
      ColumnText.encode(rows.map(\.pulseRateColumn)),
      ColumnText.encode(rows.map(\.perfusionColumn)), ColumnText.encode(rows.map(\.statusColumn)),
    ]
    let rollups = [
      Rollup(rows, \.spo2Column), Rollup(rows, \.pulseRateColumn), Rollup(rows, \.perfusionColumn),
    ]
    return [
      .text(chair), .integer(first), .integer(rows.last?.time ?? first),
      .integer(Int64(rows.count)),
    ]
      + rollups.flatMap { rollup -> [ChainValue] in
        [
          .integer(Int64(rollup.valid)), .integer(ifAny: rollup.minimum),
          .integer(ifAny: rollup.median), .integer(ifAny: rollup.maximum),
        ]
      }
      + columns.map { .text(String(decoding: $0, as: UTF8.self)) }
  }
}
