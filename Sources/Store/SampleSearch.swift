import GRDB
import Vitals

/// Finds samples and events by time.
///
/// They carry no index of it: their instants rise with their numbers, so the first one of an interval
/// is found by halving.
enum SampleSearch {
  /// The number of the first row at or after an instant; beyond the last when there is none.
  static func first(
    _ database: Database, in table: ChainedTable = .sample, atOrAfter instant: Instant
  ) throws -> Int64 {
    let bounds = try Row.fetchOne(
      database, sql: "SELECT min(seq) AS a, max(seq) AS b FROM \(table.name)")
    guard var low = bounds?["a"] as Int64?, let high = bounds?["b"] as Int64? else { return 0 }
    var end = high + 1
    let statement = try database.cachedStatement(
      sql: "SELECT t_ms FROM \(table.name) WHERE seq >= ? ORDER BY seq LIMIT 1")
    while low < end {
      let middle = low + (end - low) / 2
      let time = try Int64.fetchOne(statement, arguments: [middle])
      if let time, time < instant.milliseconds { low = middle + 1 } else { end = middle }
    }
    return low
  }
}
