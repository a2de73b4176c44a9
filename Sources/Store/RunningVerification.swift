import Foundation
import GRDB
public import Records

/// Verifies a log that a daemon writes, a stretch at a time: what was linked since it was last asked.
///
/// Each link and each row is looked at once a run, soon after it was written, at a cost that does not
/// grow with the years; `chairside verify` looks at everything.
public struct RunningVerification: Sendable {
  private let path: String
  /// Up to where everything was right or has been reported; `nil` before the first time.
  private var done: Int64?

  public init(path: String) { self.path = path }

  /// Verifies on from where it was; the first time it only notes where the log ends.
  ///
  /// - Throws: ``StoreError`` when the log cannot be read.
  public mutating func goOn() throws(StoreError) -> [Finding] {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      let (end, findings) = try database.read { database in
        let end = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM link") ?? 0
        guard let done, end > done else { return (end, [Finding]()) }
        let walk = try LinkWalk(
          database, over: ChainedTable.all, removals: try Removals(database), after: done)
        return (end, walk.findings + walk.walks.values.flatMap(\.findings))
      }
      done = end
      return findings
    } catch {
      throw .cannotRead(reason: "\(error)")
    }
  }
}
