import Vitals

/// The samples that stand in no block yet: those of the cell that time is in.
struct Stretch {
  private(set) var cell: Int64?
  private var rows: [ChairID: [StoredSample]] = [:]

  var isEmpty: Bool { rows.isEmpty }

  mutating func append(_ row: StoredSample, of chair: ChairID) {
    cell = max(cell ?? .min, Block.cell(of: row.time))
    rows[chair, default: []].append(row)
  }

  mutating func append(_ samples: [Batch.Sample]) {
    for sample in samples { append(StoredSample(sample), of: sample.chair) }
  }

  /// Whether time has left the cell with these samples.
  func isComplete(with samples: [Batch.Sample]) -> Bool {
    guard let newest = samples.map({ Block.cell(of: $0.at.milliseconds) }).max() else {
      return false
    }
    let oldest = samples.map { Block.cell(of: $0.at.milliseconds) }.min() ?? newest
    return newest > min(cell ?? newest, oldest)
  }

  /// The blocks of all that lies before the newest cell, chair by chair, and what stays open.
  func sealed() -> (blocks: [Block], rest: Stretch) {
    var (blocks, rest): ([Block], Stretch) = ([], Stretch())
    guard let cell else { return ([], rest) }
    for (chair, rows) in rows.sorted(by: { $0.key.name < $1.key.name }) {
      let end = rows.firstIndex { Block.cell(of: $0.time) >= cell } ?? rows.count
      blocks += Block.cut(Array(rows[..<end]), of: chair.name)
      if end < rows.count { rest.rows[chair] = Array(rows[end...]) }
    }
    rest.cell = cell
    return (blocks, rest)
  }

  /// All samples, chair by chair.
  var byChair: [(chair: ChairID, rows: [StoredSample])] {
    rows.sorted { $0.key.name < $1.key.name }.map { ($0.key, $0.value) }
  }
}
