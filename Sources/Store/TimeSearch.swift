import GRDB

/// Finds rows by time in tables that carry no index of it.
///
/// Their instants rise with their numbers, so the first one of an interval is found by halving.
enum TimeSearch {
  /// The number of the first row whose column is at or after an instant; beyond the last when there
  /// is none, 0 in an empty table.
  static func first(
    in table: String, by column: String, atOrAfter milliseconds: Int64, _ database: Database
  ) throws -> Int64 {
    // In one SELECT the two would read the whole table; each alone looks at one end.
    let bounds = try Row.fetchOne(
      database,
      sql: "SELECT (SELECT min(seq) FROM \(table)) AS a, (SELECT max(seq) FROM \(table)) AS b")
    guard var low = bounds?["a"] as Int64?, let high = bounds?["b"] as Int64? else { return 0 }
    var end = high + 1
    let statement = try database.cachedStatement(
      sql: "SELECT \(column) FROM \(table) WHERE seq >= ? ORDER BY seq LIMIT 1")
    while low < end {
      let middle = low + (end - low) / 2
      let time = try Int64.fetchOne(statement, arguments: [middle])
      if let time, time < milliseconds { low = middle + 1 } else { end = middle }
    }
    return low
  }
}
