public import DispatchKit
import Foundation
import GRDB
import Glibc
import Recording
import Vitals

/// The one writer of the log: a SQLite file in WAL mode with `synchronous=FULL`.
///
/// Lives on its own queue, which may block on the disk; nobody ever waits for it.
public actor Store: QueueActor {
  public nonisolated let executor = SerialQueueExecutor(label: "store")
  private let database: DatabaseQueue
  /// Held for as long as the log is open, so that no second daemon writes to it.
  private let lock: FileLock
  private var waiting: [(batch: Batch, done: @Sendable (Bool) -> Void)] = []

  /// Opens or creates a log and brings it to the newest schema.
  ///
  /// - Throws: ``StoreError`` with the path and what to do.
  public init(path: String) throws(StoreError) {
    lock = try FileLock(path: path)
    Self.closeToOthers(path)
    do {
      var configuration = Configuration()
      configuration.label = "store"
      configuration.prepareDatabase { database in
        try database.execute(
          sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000")
      }
      database = try DatabaseQueue(path: path, configuration: configuration)
      try database.inDatabase(Schema.migrate)
    } catch let error as StoreError {
      throw error
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
  }

  /// Whether a daemon, or whoever else writes, has this log open.
  public static func isInUse(path: String) -> Bool { FileLock.isTaken(path: path) }

  /// Keeps everybody but owner and group from the file: it names patients, and holds the hashes of
  /// PINs that could be guessed at leisure.
  ///
  /// SQLite gives its `-wal` and `-shm` the same mode.
  private static func closeToOthers(_ path: String) {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { return }
    var status = stat()
    if fstat(descriptor, &status) == 0 { _ = fchmod(descriptor, status.st_mode & 0o770) }
    Glibc.close(descriptor)
  }

  /// Notes a start of the daemon: how instants relate to the clocks of this boot.
  public func begin(_ run: Run) throws(StoreError) {
    do {
      try database.write { try run.insert($0) }
    } catch {
      throw .cannotOpen(path: database.path, reason: "\(error)")
    }
  }

  /// Queues a batch without waiting; `done` is called on the store's queue once it is durable, or
  /// with `false` when the disk refused it.
  ///
  /// A refused batch is kept and tried again with the next.
  public nonisolated func append(_ batch: Batch, done: @escaping @Sendable (Bool) -> Void) {
    executor.async(on: self) { store in
      store.waiting.append((batch, done))
      store.commit()
    }
  }

  /// Commits everything that waits, in one transaction.
  private func commit() {
    guard !waiting.isEmpty else { return }
    do {
      try database.write { database in
        for (batch, _) in waiting { try batch.insert(into: database) }
      }
    } catch {
      for (_, done) in waiting { done(false) }
      return
    }
    let durable = waiting
    waiting = []
    for (_, done) in durable { done(true) }
  }

  /// Tries again what a sick disk refused.
  public nonisolated func retry() {
    executor.async(on: self) { store in store.commit() }
  }

  /// Looks how many bytes are free where the log lies; `done` is called on the store's queue, with
  /// `nil` when the file system does not say.
  public nonisolated func measureSpace(done: @escaping @Sendable (Int64?) -> Void) {
    executor.async(on: self) { store in
      var status = statvfs()
      let isTold = statvfs(store.database.path, &status) == 0
      done(isTold ? Int64(status.f_bavail) * Int64(status.f_frsize) : nil)
    }
  }

  /// Commits what waits, brings everything into the one file, and closes the log.
  ///
  /// Nothing may be appended afterwards.
  public func close() {
    commit()
    _ = try? database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try? database.close()
  }
}

extension Batch {
  fileprivate func insert(into database: Database) throws {
    // The flight record first: whatever an event follows from is durable no later than the event.
    if let flight {
      let statement = try database.cachedStatement(
        sql: "INSERT INTO flight (first_ms, last_ms, block) VALUES (?, ?, ?)")
      try statement.execute(arguments: [
        flight.first.milliseconds, flight.last.milliseconds, Data(flight.block),
      ])
    }
    if !samples.isEmpty {
      let statement = try database.cachedStatement(
        sql: "INSERT INTO sample (t_ms, chair, spo2, pr, pi, status) VALUES (?, ?, ?, ?, ?, ?)")
      for sample in samples {
        let reading = sample.reading
        try statement.execute(arguments: [
          sample.at.milliseconds, sample.chair.name, reading?.saturation?.percent,
          reading?.pulseRate?.perMinute, reading?.perfusionIndex?.hundredths,
          Int(reading?.status.rawValue ?? 0),
        ])
      }
    }
    for account in accounts { try account.insert(into: database) }
    guard !events.isEmpty else { return }
    let statement = try database.cachedStatement(
      sql: "INSERT INTO event (seq, t_ms, wall_ms, chair, kind, body) VALUES (?, ?, ?, ?, ?, ?)")
    for event in events {
      try statement.execute(arguments: [
        event.sequence, event.at.milliseconds, event.wall.milliseconds, event.chair.name,
        EventText.kind(of: event.event),
        EventText.line(event.chair, event.event, at: event.at),
      ])
    }
  }
}
