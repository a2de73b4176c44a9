import Foundation
import GRDB
import Records

/// Goes through the links of a log, and through the rows they cover.
struct LinkWalk {
  private(set) var findings: [Finding] = []
  private(set) var count = 0
  private(set) var head: (number: Int64, hash: ContentHash) = (0, .zero)
  private(set) var walks: [String: RowWalk] = [:]
  /// The link before the one that covers each row of the table `signature`.
  private(set) var beforeSignature: [Int64: ContentHash] = [:]
  /// Events up to here were there before the log had a chain.
  private(set) var migratedEvents: Int64 = 0
  /// Whether the link before is as it was made.
  private var isSound = true
  /// Links before this one covered rows that have been converted since: of them only the chain
  /// itself can be checked.
  private let firstCovering: Int64

  /// Walks the links over these tables; `removals` are the hashes of rows that are lawfully gone.
  ///
  /// Links up to `start` are taken for granted, with what they cover.
  init(
    _ database: Database, over tables: [ChainedTable], removals: Removals = Removals(),
    after start: Int64 = 0
  ) throws {
    firstCovering =
      try Int64.fetchOne(
        database,
        sql: """
          SELECT min(seq) FROM link WHERE cause = 'migration' AND seq > coalesce((SELECT max(seq)
            FROM link WHERE cause <> 'migration'
              AND seq < (SELECT max(seq) FROM link WHERE cause = 'migration')), 0)
          """) ?? 0
    var ends: [String: Int64] = [:]
    if let row = try Row.fetchOne(
      database, sql: "SELECT * FROM link WHERE seq = ?", arguments: [start])
    {
      head = (start, ContentHash(bytes: [UInt8](row["hash"] as Data)) ?? .zero)
      for range in Link(row: row)?.ranges ?? [] { ends[range.table] = range.end }
    }
    for table in tables {
      walks[table.name] = try RowWalk(
        table, removals[table.name], after: ends[table.name] ?? 0, in: database)
    }
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM link WHERE seq > ? ORDER BY seq", arguments: [start])
    while let row = try rows.next() {
      count += 1
      try take(Link(row: row), number: row["seq"], stated: [UInt8](row["hash"] as Data))
    }
    for table in tables {
      try walks[table.name]?.skip(upTo: .max)
      walks[table.name]?.conclude()
    }
  }

  private mutating func take(_ link: Link?, number: Int64, stated: [UInt8]) throws {
    if number > head.number + 1 {
      let lost = (head.number + 1)...(number - 1)
      let text = lost.count == 1 ? "" : "with all up to \(lost.upperBound)"
      findings.append(Finding("link", lost.lowerBound, .missing, text))
      lose()
    }
    defer { head = (number, ContentHash(bytes: stated) ?? .zero) }
    guard let link, link.isWhole else {
      let home = [number - 1, number + 1].first { link?.isWhole(as: $0) == true }
      findings.append(
        home.map { Finding("link", number, .outOfOrder, "it is link \($0)") }
          ?? Finding("link", number, .changed))
      lose()
      return
    }
    guard link.previous == head.hash || !isSound else {
      findings.append(Finding("link", number, .inserted, "it does not follow the link before it"))
      lose()
      return
    }
    isSound = true
    if link.cause == .migration {
      migratedEvents = link.ranges.first { $0.table == "event" }?.end ?? 0
    }
    if link.number >= firstCovering { try compare(link) }
    noteSignatures(of: link)
  }

  private mutating func lose() {
    isSound = false
    for name in walks.keys { walks[name]?.isUnproven = true }
  }

  /// What a conversion covers anew was signed where it was covered first.
  private mutating func noteSignatures(of link: Link) {
    for range in link.ranges where range.table == "signature" && range.count > 0 {
      for row in (range.after + 1)...range.end where beforeSignature[row] == nil {
        beforeSignature[row] = link.previous
      }
    }
  }

  private mutating func compare(_ link: Link) throws {
    var (marks, hashes, isWhole): (ArraySlice<UInt8>, [ContentHash], Bool) = (
      link.marks[...], [], true
    )
    for range in link.ranges where range.count > 0 {
      guard walks[range.table] != nil, Int64(marks.count / 4) >= range.count else {
        findings.append(Finding("link", link.number, .changed, "it covers an unknown table"))
        return
      }
      let found = try walks[range.table]?.compare(range, marks: marks.prefix(Int(range.count) * 4))
      marks = marks.dropFirst(Int(range.count) * 4)
      if let found { hashes += found } else { isWhole = false }
    }
    if isWhole, Link.digest(of: hashes) != link.digest {
      for range in link.ranges where range.count > 0 { walks[range.table]?.doubt(range) }
    }
  }
}
