import GRDB

/// Makes a log as small as what it holds.
public enum Vacuum {
  /// Rewrites a log that no daemon has open; SQLite keeps the old one until the new one is whole.
  ///
  /// Returns the sizes before and after, in bytes.
  /// - Throws: ``StoreError`` when it is in use, or the disk has no room for a second copy.
  public static func run(path: String) throws(StoreError) -> (before: Int, after: Int) {
    do {
      let lock = try FileLock(path: path)
      defer { withExtendedLifetime(lock) {} }
      let before = try LogStatistics(path: path).fileBytes
      let database = try DatabaseQueue(path: path)
      try database.writeWithoutTransaction { database in
        // The size of a page takes effect where no WAL is.
        try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA page_size = 8192; VACUUM")
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        _ = try database.checkpoint(.truncate)
      }
      try database.close()
      return (before, try LogStatistics(path: path).fileBytes)
    } catch let error as StoreError {
      throw error
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
  }
}
