public import DispatchKit
import Foundation
import GRDB
import Glibc
import Recording
import Records
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
  private let key: SiteKey
  /// Where the hash chain of what is committed ends.
  private var chain: ChainWriter
  private var head: HeadFile
  private var headTimer: SourceHandle?
  private let complain: @Sendable (String) -> Void

  /// Opens or creates a log, with its key, and brings it to the newest schema.
  ///
  /// `complain` is told what a person should know and nothing else shows: a log that contradicts its
  /// head, a record that cannot be signed.
  /// - Throws: ``StoreError`` with the path and what to do.
  public init(
    path: String, complain: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(StoreError) {
    lock = try FileLock(path: path)
    Self.closeToOthers(path)
    key = try SiteKeyFile.readOrCreate(log: path)
    head = HeadFile(log: path, key: key)
    self.complain = complain
    do {
      var configuration = Configuration()
      configuration.label = "store"
      configuration.prepareDatabase { database in
        try database.execute(
          sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000")
      }
      database = try DatabaseQueue(path: path, configuration: configuration)
      try database.inDatabase(Schema.migrate)
      let head = head
      let (chain, contradiction) = try database.read {
        (try ChainWriter($0), try head.contradiction($0, log: path))
      }
      self.chain = chain
      if let contradiction { complain(contradiction) }
      self.head.write(chain.head, isDurable: true)
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
    var run = run
    run.siteKey = key.publicKey.text
    do {
      chain = try database.write { [chain, run] database in
        var chain = chain
        try run.insert(database, &chain)
        try chain.seal(in: database)
        return chain
      }
    } catch {
      throw .cannotOpen(path: database.path, reason: "\(error)")
    }
    noteHead()
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
      chain = try database.write { [chain, waiting] database in
        var chain = chain
        for (batch, _) in waiting {
          try batch.insert(into: database, &chain)
          sign(batch, &chain, in: database)
        }
        try chain.seal(in: database)
        return chain
      }
    } catch {
      for (_, done) in waiting { done(false) }
      return
    }
    let durable = waiting
    waiting = []
    for (_, done) in durable { done(true) }
    noteHead()
  }

  /// Signs what people have signed, in the transaction that holds their act: there is either no
  /// signature or a complete one.
  private func sign(_ batch: Batch, _ chain: inout ChainWriter, in database: Database) {
    for event in batch.events {
      do {
        try RecordSigning(key: key, database: database).sign(event, &chain)
      } catch {
        // The event stands; that it has no manifest is what `verify` will say.
        complain("the record of chair \(event.chair) cannot be signed: \(error)")
      }
    }
  }

  /// Writes the head file, now or when its second is over.
  private func noteHead() {
    guard headTimer == nil, let delay = head.delay(for: chain.head.number) else { return }
    guard delay > .zero else { return head.write(chain.head, isDurable: false) }
    headTimer = onDeadline(after: delay) { store in
      store.headTimer = nil
      store.noteHead()
    }
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
    headTimer = nil
    head.write(chain.head, isDurable: true)
    _ = try? database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try? database.close()
  }
}

extension Batch {
  fileprivate func insert(into database: Database, _ chain: inout ChainWriter) throws {
    // The flight record first: whatever an event follows from is durable no later than the event.
    if let flight {
      try chain.insert(
        .flight, nil,
        [
          .integer(flight.first.milliseconds), .integer(flight.last.milliseconds),
          .blob(flight.block),
        ], into: database)
    }
    for sample in samples {
      let reading = sample.reading
      try chain.insert(
        .sample, nil,
        [
          .integer(sample.at.milliseconds), .text(sample.chair.name),
          .integer(ifAny: reading?.saturation?.percent),
          .integer(ifAny: reading?.pulseRate?.perMinute),
          .integer(ifAny: reading?.perfusionIndex?.hundredths),
          .integer(Int64(reading?.status.rawValue ?? 0)),
        ], into: database)
    }
    for account in accounts {
      try chain.insert(.account, nil, account.row, into: database)
    }
    for event in events {
      try chain.insert(
        .event, event.sequence,
        [
          .integer(event.at.milliseconds), .integer(event.wall.milliseconds),
          .text(event.chair.name), .text(EventText.kind(of: event.event)),
          .text(EventText.line(event.chair, event.event, at: event.at)),
        ], into: database)
    }
  }
}

extension ChainValue {
  static func integer(ifAny number: (some BinaryInteger)?) -> ChainValue {
    number.map { .integer(Int64($0)) } ?? .null
  }

  static func text(ifAny text: String?) -> ChainValue { text.map(ChainValue.text) ?? .null }
}
