import GRDB
import Records

/// Goes through a table's rows beside the links that cover them, and finds what does not match.
struct RowWalk {
  let table: ChainedTable
  private let rows: RowCursor
  /// The hashes of rows whose time was over, by number.
  private let removed: [Int64: ContentHash]
  private var waiting: (number: Int64, hash: ContentHash)?
  private var isUnread = true
  private(set) var count = 0
  private(set) var bad = 0
  private(set) var findings: [Finding] = []
  /// Rows that are not what their mark says: number, expected mark, found mark.
  private var mismatches: [(number: Int64, expected: [UInt8], found: [UInt8])] = []
  /// A link is lost, and with it the word about its rows.
  var isUnproven = false

  /// No more findings than this are kept a table; the rest is counted.
  private static let mostKept = 1000

  init(
    _ table: ChainedTable, _ removed: [Int64: ContentHash], after start: Int64,
    in database: Database
  ) throws {
    self.table = table
    self.removed = removed
    rows = try Row.fetchCursor(
      database, sql: table.selection(after: start))
  }

  /// Compares the rows that a link covers.
  ///
  /// Returns their hashes, or `nil` when any is missing or not what it was.
  mutating func compare(_ range: Link.Range, marks: ArraySlice<UInt8>) throws -> [ContentHash]? {
    try skip(upTo: range.after)
    var (hashes, isWhole): ([ContentHash], Bool) = ([], true)
    for offset in 0..<max(0, range.count) {
      let number = range.after + 1 + offset
      try skip(upTo: number - 1)
      let hash: ContentHash
      if let row = try peek(), row.number == number {
        isUnread = true
        count += 1
        hash = row.hash
      } else if let gone = removed[number] {
        hash = gone
      } else {
        add(Finding(table.name, number, .missing))
        isWhole = false
        continue
      }
      let begin = marks.startIndex + Int(offset) * 4
      let expected = Array(marks[begin..<begin + 4])
      let found = Link.mark(hash)
      if expected != found {
        mismatches.append((number, expected, found))
        isWhole = false
      }
      hashes.append(hash)
    }
    isUnproven = false
    return isWhole ? hashes : nil
  }

  /// Rows that no link covers.
  mutating func skip(upTo number: Int64) throws {
    while let row = try peek(), row.number <= number {
      isUnread = true
      count += 1
      if !isUnproven { add(Finding(table.name, row.number, .inserted, "no link covers it")) }
    }
  }

  private mutating func peek() throws -> (number: Int64, hash: ContentHash)? {
    if isUnread {
      waiting = try rows.next().map { row in
        (row[0], table.hash(Array(row.databaseValues).dropFirst().map { ChainValue($0) }))
      }
      isUnread = false
    }
    return waiting
  }

  private mutating func add(_ finding: Finding) {
    bad += 1
    if findings.count < Self.mostKept { findings.append(finding) }
  }

  /// Says of each changed row whether it is another row of the table.
  mutating func conclude() {
    let homes = Dictionary(
      mismatches.map { ($0.expected, $0.number) }, uniquingKeysWith: { first, _ in first })
    for (number, _, found) in mismatches {
      if let home = homes[found], home != number {
        add(Finding(table.name, number, .outOfOrder, "it is row \(home)"))
      } else {
        add(Finding(table.name, number, .changed))
      }
    }
    findings.sort { ($0.row ?? 0) < ($1.row ?? 0) }
  }

  /// The rows of a link whose digest is wrong though every mark is right.
  mutating func doubt(_ range: Link.Range) {
    add(Finding(table.name, range.after + 1, .changed, "or another row up to \(range.end)"))
  }
}
