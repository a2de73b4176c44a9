import Foundation
import GRDB
import Glibc

/// What can be told of a file before a daemon writes to it.
///
/// Changes nothing, in the file or beside it.
struct LogInspection {
  /// Why no daemon can go on with it, in words; `nil` for a log, and where there is nothing yet.
  let damage: String?

  /// Pages of a larger file are not all compared with each other at a start, which would take more
  /// than a second or two from a cold disk: what is damaged in it shows when a daemon reads or writes
  /// there, or by `chairside verify`.
  private static let mostCompared = 64 << 20

  /// Beside a log that a daemon found damaged while it ran: all of it is looked at.
  private static func suspicion(of path: String) -> String { path + ".suspect" }

  static func suspect(_ path: String) {
    let descriptor = open(suspicion(of: path), O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
    if descriptor >= 0 { close(descriptor) }
  }

  static func trust(_ path: String) { unlink(suspicion(of: path)) }

  /// - Throws: ``StoreError/fromTheFuture(version:)``. What the disk alone is to blame for is left to
  ///   whoever opens the file.
  init(_ path: String) throws(StoreError) {
    guard let size = Self.size(path), size > 0 || (Self.size(path + "-wal") ?? 0) > 0 else {
      damage = nil
      return
    }
    let isSuspect = access(Self.suspicion(of: path), F_OK) == 0
    let comparesPages = isSuspect || size <= Self.mostCompared
    // What a disk fails to read once looks the same to SQLite as what it cannot read.
    damage =
      try Self.damage(path, comparesPages) == nil ? nil : try Self.damage(path, comparesPages)
  }

  private static func damage(
    _ path: String, _ comparesPages: Bool
  ) throws(StoreError) -> String? {
    do {
      return try look(path, comparesPages)
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError where error.isDamage {
      return error.message ?? "\(error.resultCode)"
    } catch {
      return nil
    }
  }

  private static func look(_ path: String, _ comparesPages: Bool) throws -> String? {
    guard isDatabase(path) else { return "it is no SQLite database" }
    var configuration = Configuration()
    configuration.readonly = true
    let database = try DatabaseQueue(
      path: LogReach.alone.name(of: path), configuration: configuration)
    return try database.read { database in
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      let tables = try String.fetchSet(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
      guard tables.isSuperset(of: ["run", "event"]) else {
        return version == 0 && tables.isEmpty
          ? nil : "it is a database of something else, or its tables are gone"
      }
      guard version <= Schema.migrations.count else {
        throw StoreError.fromTheFuture(version: version)
      }
      guard version > 0 else { return "it has the tables of a log and no version" }
      guard comparesPages else { return nil }
      let found = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
      return found == "ok" ? nil : found
    }
  }

  static func isDatabase(_ path: String) -> Bool {
    let magic = Array("SQLite format 3\u{0}".utf8)
    return (try? TextFile.start(of: path, count: magic.count)) == magic
  }

  private static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }
}
