import GRDB

/// The tables, and the way of a log from each version of them to the next.
///
/// The version is `PRAGMA user_version`; docs/log-schema.md shows the result.
enum Schema {
  /// The version from which on every row is covered by the chain.
  static let firstWithChain = 4
  /// The version from which on numerics stand in blocks.
  static let firstWithBlocks = 5

  /// Brings a database to the newest version, each step in its own transaction.
  ///
  /// Returns what a person must know: that a log was tampered with before it was converted.
  static func migrate(_ database: Database) throws -> [String] {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version <= migrations.count else { throw StoreError.fromTheFuture(version: version) }
    var complaints: [String] = []
    for step in version..<migrations.count {
      try database.inTransaction {
        if version == firstWithChain, step + 1 == firstWithBlocks {
          complaints += try complaint(about: database).map { [$0] } ?? []
        }
        try database.execute(sql: migrations[step])
        if step + 1 == firstWithBlocks { try Conversion(database).run() }
        try database.execute(sql: "PRAGMA user_version = \(step + 1)")
        return .commit
      }
    }
    return complaints
  }

  /// What the chain says against a log that is about to be covered anew.
  private static func complaint(about database: Database) throws -> String? {
    let walk = try LinkWalk(database, over: ChainedTable.allOfVersion4)
    let findings = walk.findings + walk.walks.values.flatMap(\.findings)
    guard let first = findings.first else { return nil }
    return """
      before it was converted from version 4 the log had \(findings.count) findings, the first: \
      \(first); a copy from before is what to look at
      """
  }
}
