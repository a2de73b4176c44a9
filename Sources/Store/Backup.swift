import Foundation
import GRDB
import Records

/// A copy of a log that is whole and proves itself, made while the daemon goes on.
public struct Backup: Sendable {
  public let path: String
  public let verification: LogVerification

  /// Copies a log page by page, then checks the copy: SQLite's own check, every row against the chain,
  /// every signature.
  ///
  /// The copy is written beside its name and renamed when it has passed, with the site's public key and
  /// the head of that moment; the private key stays where it is. `progress` is told the share that is
  /// done.
  /// - Throws: ``StoreError`` with the path; nothing is left behind then, and an earlier copy of that
  ///   name stays.
  public init(
    of log: String, to path: String, progress: @escaping (Double) -> Void = { _ in }
  ) throws(StoreError) {
    self.path = path
    let draft = path + ".part"
    do {
      Self.remove(draft)
      // The head of before the copy: what is committed meanwhile may be ahead of it, never behind.
      let beside = [".pub", ".head"].map { ($0, try? TextFile.read(log + $0)) }
      try Self.copy(log, to: draft, progress)
      let (verification, complaint) = try Self.check(draft)
      guard complaint == nil, verification.findings.isEmpty else {
        let why = complaint ?? verification.findings[0].description
        throw StoreError.badCopy(path: path, reason: why)
      }
      self.verification = verification
      try Self.finish(draft, as: path, beside)
    } catch let error as StoreError {
      Self.remove(draft)
      throw error
    } catch {
      Self.remove(draft)
      throw .badCopy(path: path, reason: "\(error)")
    }
  }

  /// Puts a backup where a log is to be, which no daemon may have open; what lies there is set aside
  /// with the time in its name.
  ///
  /// The daemon that opens it counts its epoch one on, because numbers that people have seen are given
  /// again.
  /// - Throws: ``StoreError`` when the backup does not verify, or the log is in use.
  public static func restore(
    _ backup: String, to log: String, stamp: String
  ) throws(StoreError) -> (setAside: String?, verification: LogVerification) {
    do {
      let lock = try FileLock(path: log)
      defer { withExtendedLifetime(lock) {} }
      let draft = log + ".restoring"
      remove(draft)
      try copy(backup, to: draft) { _ in }
      let (verification, complaint) = try check(draft)
      if let complaint { throw StoreError.badCopy(path: backup, reason: complaint) }
      if let finding = verification.findings.first {
        throw StoreError.badCopy(path: backup, reason: finding.description)
      }
      var setAside: String?
      if access(log, F_OK) == 0 {
        let aside = "\(log).before-restore-\(stamp)"
        for suffix in ["", "-wal", "-shm"] where access(log + suffix, F_OK) == 0 {
          try FileManager.default.moveItem(atPath: log + suffix, toPath: aside + suffix)
        }
        setAside = aside
      }
      let epoch = try settle(draft)
      try TextFile.replace(
        HeadFile.epochPath(of: log), "\(epoch + 1)", mode: 0o644, isDurable: true)
      try FileManager.default.moveItem(atPath: draft, toPath: log)
      // What lies beside the log stays; on a new disk the backup's own takes its place.
      for name in [".pub", ".head"] where access(log + name, F_OK) != 0 {
        guard let text = try? TextFile.read(backup + name) else { continue }
        try TextFile.replace(log + name, text, mode: 0o644, isDurable: true)
      }
      try TextFile.syncFolder(of: log)
      return (setAside, verification)
    } catch let error as StoreError {
      throw error
    } catch {
      throw .badCopy(path: backup, reason: "\(error)")
    }
  }

  private static func copy(
    _ log: String, to path: String, _ progress: @escaping (Double) -> Void
  ) throws {
    var reading = Configuration()
    reading.readonly = true
    let source = try DatabaseQueue(path: log, configuration: reading)
    let target = try DatabaseQueue(path: path)
    try source.backup(to: target, pagesPerStep: 512) { step in
      if step.totalPageCount > 0 {
        progress(Double(step.completedPageCount) / Double(step.totalPageCount))
      }
    }
    try target.close()
    try source.close()
  }

  private static func check(
    _ draft: String
  ) throws -> (LogVerification, complaint: String?) {
    let queue = try DatabaseQueue(path: draft)
    let complaint = try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    try queue.close()
    // A copy is checked by itself; where it ends, the head that is written with it says.
    let verification = try LogVerification(path: draft, standsAlone: true)
    return (verification, complaint == "ok" ? nil : complaint ?? "no answer to integrity_check")
  }

  /// Makes one file of it, in the mode of a log.
  ///
  /// Returns its epoch.
  @discardableResult
  private static func settle(_ draft: String) throws -> Int64 {
    let queue = try DatabaseQueue(path: draft)
    let epoch = try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = DELETE")
      return try Int64.fetchOne(database, sql: "SELECT max(epoch) FROM run") ?? 1
    }
    try queue.close()
    chmod(draft, 0o640)
    try TextFile.sync(draft)
    return epoch
  }

  private static func finish(
    _ draft: String, as path: String, _ beside: [(name: String, text: String?)]
  ) throws {
    try settle(draft)
    for (name, text) in beside {
      if let text { try TextFile.replace(path + name, text, mode: 0o644, isDurable: true) }
    }
    guard rename(draft, path) == 0 else {
      throw StoreError.badCopy(path: path, reason: String(cString: strerror(errno)))
    }
    try TextFile.syncFolder(of: path)
  }

  private static func remove(_ draft: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(draft + suffix) }
  }
}
