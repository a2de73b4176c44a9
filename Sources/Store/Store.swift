public import DispatchKit
import Foundation
import GRDB
import Glibc
import Recording
import Records
public import Vitals

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
  /// Where what is committed ends: the hash chain, the strips, the samples in no block yet.
  private var writer: LogWriter
  private var stretch: Stretch
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
          sql:
            "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000"
        )
      }
      database = try DatabaseQueue(path: path, configuration: configuration)
      for complaint in try database.inDatabase(Schema.migrate) { complain(complaint) }
      let contradiction: String?
      (writer, stretch, head, contradiction) = try database.read { [head] in
        var head = head
        let contradiction = try head.contradiction($0, log: path)
        return (
          try LogWriter($0), try SampleReader(database: $0).stretch(), head, contradiction
        )
      }
      if let contradiction { complain(contradiction) }
      head.write(writer, isDurable: true)
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
    run.epoch = head.epoch
    do {
      writer = try database.write { [writer, run] database in
        var writer = writer
        try run.insert(database, &writer.chain)
        try writer.seal(in: database)
        return writer
      }
    } catch {
      throw .cannotOpen(path: database.path, reason: "\(error)")
    }
    noteHead()
    // The run says it from now on.
    unlink(HeadFile.epochPath(of: database.path))
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
    let samples = waiting.flatMap(\.batch.samples)
    let rest: Stretch?
    do {
      (writer, rest) = try database.write { [writer, waiting, stretch] database in
        var writer = writer
        let rest = try writer.insert(samples, after: stretch, into: database)
        for (batch, _) in waiting {
          // The flight record first: whatever an event follows from is durable no later than it.
          if let flight = batch.flight { try writer.insert(flight, into: database) }
          for account in batch.accounts {
            try writer.chain.insert(.account, nil, account.row, into: database)
          }
          for event in batch.events { try writer.insert(event, into: database) }
          sign(batch, &writer.chain, in: database)
        }
        try writer.seal(in: database)
        return (writer, rest)
      }
    } catch {
      for (_, done) in waiting { done(false) }
      return
    }
    if let rest { stretch = rest } else { stretch.append(samples) }
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
    guard headTimer == nil, let delay = head.delay(for: writer) else { return }
    guard delay > .zero else { return head.write(writer, isDurable: false) }
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

  /// Removes what is older than it need be, a few hundred rows a transaction, so that what is to be
  /// logged meanwhile waits for none of it longer than for another batch.
  ///
  /// Each removal is a row of the table `removal`, covered by the chain; `done` is called on the
  /// store's queue with what was removed, or with why the job ended early.
  public nonisolated func retain(
    _ rules: Retention, at now: WallTime,
    done: @escaping @Sendable (Result<RetentionReport, StoreError>) -> Void
  ) {
    executor.async(on: self) { store in
      do {
        let plan = try store.database.read { try RetentionPlan(rules, at: now, in: $0) }
        store.retain(plan, RetentionReport(), done)
      } catch {
        done(.failure(.cannotRead(reason: "\(error)")))
      }
    }
  }

  private func retain(
    _ plan: RetentionPlan, _ report: RetentionReport,
    _ done: @escaping @Sendable (Result<RetentionReport, StoreError>) -> Void
  ) {
    do {
      let (writer, report, isDone) = try database.write { [writer] database in
        var (writer, report) = (writer, report)
        let goesOn = try RetentionStep(plan: plan, database: database).run(&writer, &report)
        try writer.seal(in: database)
        return (writer, report, !goesOn)
      }
      self.writer = writer
      noteHead()
      guard !isDone else { return done(.success(report)) }
      executor.async(on: self) { $0.retain(plan, report, done) }
    } catch {
      done(.failure(.cannotRead(reason: "\(error)")))
    }
  }

  /// Commits what waits, brings everything into the one file, and closes the log.
  ///
  /// Nothing may be appended afterwards.
  public func close() {
    commit()
    headTimer = nil
    if let closed = try? database.write({ [writer] database in
      var writer = writer
      try writer.seal(isLast: true, in: database)
      return writer
    }) {
      writer = closed
    }
    head.write(writer, isDurable: true)
    _ = try? database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try? database.close()
  }
}

extension Batch.Event {
  /// The values of ``ChainedTable/event``, in its order.
  var values: [ChainValue] {
    [
      .integer(at.milliseconds), .integer(wall.milliseconds), .text(chair.name),
      .text(EventText.kind(of: event)), .text(EventText.line(chair, event, at: at)),
    ]
  }
}

extension ChainValue {
  static func integer(ifAny number: (some BinaryInteger)?) -> ChainValue {
    number.map { .integer(Int64($0)) } ?? .null
  }

  static func text(ifAny text: String?) -> ChainValue { text.map(ChainValue.text) ?? .null }
}
