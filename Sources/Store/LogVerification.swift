import Foundation
import GRDB
public import Records
import Vitals

/// Checks a log by itself: every row against the hash chain, the chain's end against the head file or
/// a hash that was noted elsewhere, every signature against the record that it signs.
public struct LogVerification: Sendable {
  /// Empty when everything is as it was written; the chain's end first, then table by table.
  public private(set) var findings: [Finding] = []
  /// How many rows each table has, and how many of them are not as they were.
  public private(set) var tables: [(name: String, rows: Int, bad: Int)] = []
  public private(set) var linkCount = 0
  public private(set) var signatureCount = 0
  /// Where the chain ends now.
  public private(set) var head: (link: Int64, hash: ContentHash) = (0, .zero)
  /// The key beside the log; without one the newest that the log names.
  public private(set) var key: SitePublicKey?

  /// Verifies a log; `noted` is the hash of a link that was written down at some time.
  ///
  /// - Throws: ``StoreError`` for what is not a log with a chain.
  ///
  /// A copy `standsAlone` when it is checked without a head: that it was cut would not be seen.
  public init(
    path: String, noted: ContentHash? = nil, standsAlone: Bool = false
  ) throws(StoreError) {
    // The heads first: what is committed meanwhile may be ahead of them, never behind.
    let names = standsAlone ? [] : [HeadFile.path(of: path), HeadFile.refusedPath(of: path)]
    let heads = names.map {
      (path: $0, text: try? TextFile.read($0))
    }
    let beside = try? SiteKeyFile.readPublic(path + ".pub")
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      try database.read { database in
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version >= Schema.firstWithChain else {
          throw StoreError.noChain(path: path, version: version)
        }
        do {
          try verify(database, version, heads, noted, beside)
        } catch let error as DatabaseError {
          findings.append(Finding("file", nil, .unreadable, "\(error)"))
        }
      }
    } catch let error as StoreError {
      throw error
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
  }

  private mutating func verify(
    _ database: Database, _ version: Int, _ heads: [(path: String, text: String?)],
    _ noted: ContentHash?,
    _ beside: SitePublicKey?
  ) throws {
    let isConverted = version >= Schema.firstWithBlocks
    let all = isConverted ? ChainedTable.all : ChainedTable.allOfVersion4
    let removals = isConverted ? try Removals(database) : Removals()
    let walk = try LinkWalk(database, over: all, removals: removals)
    linkCount = walk.count
    head = (walk.head.number, walk.head.hash)
    let keys = try HeadFile.keys(of: database) + (beside.map { [$0] } ?? [])
    key = beside ?? keys.first
    let end = HeadCheck(database: database, last: walk.head.number, keys: keys)
    for (index, file) in heads.enumerated() {
      if let text = file.text {
        if let finding = try end.finding(text, file.path) { findings.append(finding) }
      } else if index == 0, noted == nil {
        findings.append(
          Finding(
            "head", nil, .missing,
            "without \(file.path) or --head a cut at the end would not be seen"))
      }
    }
    if let noted, let finding = try end.finding(noted) { findings.append(finding) }
    findings += walk.findings
    tables.append(("link", walk.count, walk.findings.count))
    // Where a removal is not what it was, rows of other tables seem to be missing: it comes first.
    for table in all.filter({ $0.name == ChainedTable.removal.name })
      + all.filter({ $0.name != ChainedTable.removal.name })
    {
      guard let rows = walk.walks[table.name] else { continue }
      findings += rows.findings
      tables.append((table.name, rows.count, rows.bad))
    }
    guard isConverted else { return }
    for table in Strip.Table.all {
      let strip = try StripWalk(table, in: database, heads: end.ends(of: table, heads))
      findings += strip.findings
      tables.append((table.name, strip.count, strip.findings.count))
    }
    let signatures = try SignatureCheck(database, walk, Set(keys))
    signatureCount = signatures.count
    findings += signatures.findings
  }
}

/// Whether the chain still reaches where somebody saw it.
private struct HeadCheck {
  let database: Database
  let last: Int64
  let keys: [SitePublicKey]

  func finding(_ text: String, _ path: String) throws -> Finding? {
    let head: ChainHead
    do throws(ChainHead.Problem) {
      head = try ChainHead(text, keys: keys)
    } catch let problem {
      return Finding(
        "head", nil, problem == .unreadable ? .unreadable : .badSignature, path)
    }
    guard head.link <= last else {
      let detail = "\(path) of \(head.wall) names link \(head.link); the log ends at \(last)"
      return Finding("link", last + 1, .truncated, detail)
    }
    guard try HeadFile.holds(head, database) else {
      return Finding("link", head.link, .changed, "\(path) of \(head.wall) has another hash for it")
    }
    return nil
  }

  /// Where the head files saw a strip end.
  func ends(of strip: Strip.Table, _ heads: [(path: String, text: String?)]) -> [ChainHead.End] {
    heads.compactMap { file in
      file.text.flatMap { try? ChainHead($0, keys: keys).strips[strip.name] }
    }
  }

  func finding(_ noted: ContentHash) throws -> Finding? {
    let link = try Int64.fetchOne(
      database, sql: "SELECT seq FROM link WHERE hash = ?", arguments: [Data(noted.bytes)])
    guard link == nil else { return nil }
    return Finding("link", last + 1, .truncated, "no link has the noted hash \(noted)")
  }
}
