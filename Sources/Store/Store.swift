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
  private let path: String
  /// How the file is open; the same is needed to read it.
  public nonisolated let reach: LogReach
  /// Held for as long as the log is open, so that no second daemon writes to it.
  private let lock: FileLock
  private var queue = WriteQueue()
  private var isCommitDue = false
  private var retryTimer: SourceHandle?
  private static let retryAfter = Duration.seconds(1)
  /// How often, and at what distance, a log that is closed is tried: 4 s, of the 10 that a stop may take.
  private static let lastTries = 20
  private static let lastPause = Duration.milliseconds(200)
  private let key: SiteKey
  /// Where what is committed ends: the hash chain, the strips, the samples in no block yet.
  private var writer: LogWriter
  private var stretch: Stretch
  private var head: HeadFile
  private var headTimer: SourceHandle?
  /// `nil` where nobody else may reach the file: whoever commits then brings it in.
  private let checkpointer: Checkpointer?
  private let complain: @Sendable (String) -> Void

  /// Opens or creates a log, with its key, and brings it to the newest schema.
  ///
  /// `complain` is told what a person should know and nothing else shows: a log that contradicts its
  /// head, a record that cannot be signed.
  /// - Throws: ``StoreError`` with the path and what to do.
  public init(
    path: String, complain: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(StoreError) {
    let lock = try FileLock(path: path)
    if let reason = try LogInspection(path).damage {
      throw .damaged(path: path, reason: reason)
    }
    try self.init(path: path, lock: lock, complain: complain)
  }

  /// Opens or creates a log for a daemon, which must run: a file that it cannot go on with is set
  /// aside first, and the log begun anew.
  public static func takeUp(
    path: String, complain: @escaping @Sendable (String) -> Void
  ) throws(StoreError) -> (store: Store, setAside: SetAside?) {
    let lock = try FileLock(path: path)
    var setAside = try LogInspection(path).damage.map { reason throws(StoreError) in
      try SetAside(path, because: reason, at: .now)
    }
    do throws(StoreError) {
      return (try Store(path: path, lock: lock, complain: complain), setAside)
    } catch .damaged {
      // Once more, for the reason that the inspection gives.
    }
    do throws(StoreError) {
      return (try Store(path: path, lock: lock, complain: complain), setAside)
    } catch .damaged(_, let reason) {
      setAside = try SetAside(path, because: reason, at: .now)
      return (try Store(path: path, lock: lock, complain: complain), setAside)
    }
  }

  /// Gives up a file that turned out to be damaged when it was read, and begins the log anew.
  ///
  /// Nothing may be asked of this store afterwards.
  public func replaced(because reason: String) throws(StoreError) -> (Store, SetAside) {
    headTimer = nil
    // For the reason that `leavingDamage` gives.
    _ = Unmanaged.passRetained(database)
    let setAside = try SetAside(path, because: reason, at: .now)
    return (try Store(path: path, lock: lock, complain: complain), setAside)
  }

  private init(
    path: String, lock: FileLock, complain: @escaping @Sendable (String) -> Void
  ) throws(StoreError) {
    self.path = path
    self.lock = lock
    Self.closeToOthers(path)
    key = try SiteKeyFile.readOrCreate(log: path)
    head = HeadFile(log: path, key: key)
    self.complain = complain
    do {
      let (database, reach) = try Self.connect(path)
      (self.database, self.reach) = (database, reach)
      let (complaints, before) = try Self.leavingDamage(database) { [head] in
        let complaints = try database.inDatabase(Schema.migrate)
        return (
          complaints,
          try database.read { database in
            var head = head
            let contradiction = try head.contradiction(database, log: path)
            return (
              writer: try LogWriter(database),
              stretch: try SampleReader(database: database).stretch(), head: head, contradiction
            )
          }
        )
      }
      for complaint in complaints { complain(complaint) }
      let contradiction: String?
      (writer, stretch, head, contradiction) = before
      if let contradiction { complain(contradiction) }
      head.write(writer, isDurable: true)
      checkpointer =
        if case .shared = reach { try Checkpointer(besides: database, path, complain) } else { nil }
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError where error.isDamage {
      throw .damaged(path: path, reason: "\(error)")
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
    if case .alone = reach {
      complain(
        "\(path): the disk has no room beside the log; other programs cannot read it for now")
    }
  }

  /// Does not close a file that turns out to be damaged: that would write to what is evidence, and
  /// remove the `-wal` of whatever stands in its place by then.
  private static func leavingDamage<Value>(
    _ database: DatabaseQueue, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where error.isDamage {
      _ = Unmanaged.passRetained(database)
      throw error
    } catch StoreError.cannotRead(let reason) {
      // Samples that do not make sense could be neither gone on with nor sealed.
      _ = Unmanaged.passRetained(database)
      throw StoreError.damaged(path: database.path, reason: reason)
    }
  }

  private static func connect(_ path: String) throws -> (DatabaseQueue, LogReach) {
    var configuration = Configuration()
    configuration.label = "store"
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
          PRAGMA journal_size_limit = 67108864
          """)
    }
    do {
      return (try DatabaseQueue(path: path, configuration: configuration), .shared)
    } catch let error as DatabaseError where error.isDisk {
      // A sick disk must not keep anybody from being watched: what is there can still be read.
      let name = LogReach.alone.name(of: path)
      guard let queue = try? DatabaseQueue(path: name, configuration: configuration) else {
        throw error
      }
      return (queue, .alone)
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
  ///
  /// Queued before everything of that run.
  public nonisolated func begin(_ run: Run) {
    var batch = Batch()
    batch.run = run
    append(batch) { _ in }
  }

  /// Queues a batch without waiting; `done` is called on the store's queue once it is durable.
  ///
  /// A batch that the disk refuses is kept and tried again, with the next and every second; `done` is
  /// called with `false` the first time.
  public nonisolated func append(_ batch: Batch, done: @escaping @Sendable (Bool) -> Void) {
    executor.async(on: self) { store in
      store.queue.add(batch, done)
      store.commitSoon()
    }
  }

  /// Commits after everything that has come meanwhile: what piles up behind a slow disk goes in one
  /// transaction.
  private func commitSoon() {
    guard !isCommitDue else { return }
    isCommitDue = true
    executor.async(on: self) { store in
      store.isCommitDue = false
      store.commit()
    }
  }

  /// Commits everything that waits.
  private func commit() {
    while !queue.isEmpty {
      let batches = queue.next
      let samples = batches.flatMap(\.samples)
      do {
        let (writer, rest) = try database.write { [writer, stretch] database in
          var writer = writer
          let rest = try writer.insert(samples, after: stretch, into: database)
          for batch in batches {
            try insert(batch, &writer, into: database)
            try sign(batch, &writer.chain, in: database)
          }
          try writer.seal(in: database)
          return (writer, rest)
        }
        self.writer = writer
        if let rest { stretch = rest } else { stretch.append(samples) }
      } catch {
        queue.refuse()
        retryLater(after: error)
        return
      }
      queue.accept(batches.count)
      // The run says it from now on.
      if batches.contains(where: { $0.run != nil }) { unlink(HeadFile.epochPath(of: path)) }
      noteHead()
      checkpointer?.look()
    }
  }

  private func retryLater(after error: any Error) {
    if (error as? DatabaseError)?.isDamage == true { LogInspection.suspect(path) }
    guard retryTimer == nil else { return }
    retryTimer = onDeadline(after: Self.retryAfter) { store in
      store.retryTimer = nil
      store.commit()
    }
  }

  /// Signs what people have signed, in the transaction that holds their act: there is either no
  /// signature or a complete one.
  private func sign(_ batch: Batch, _ chain: inout ChainWriter, in database: Database) throws {
    for event in batch.events {
      do {
        try RecordSigning(key: key, database: database).sign(event, &chain)
      } catch let error as DatabaseError where error.isDisk {
        // The disk refused, and is asked again for all of it.
        throw error
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

  /// Looks how much room there is where the log lies; `done` is called on the store's queue.
  public nonisolated func measureSpace(done: @escaping @Sendable (LogSpace) -> Void) {
    executor.async(on: self) { store in done(LogSpace(of: store.path)) }
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
  public func close() async {
    await checkpointer?.close()
    commit()
    // What people were shown is worth the seconds of a disk that is sick for a moment.
    for _ in 0..<Self.lastTries where !queue.isEmpty {
      try? await Task.sleep(for: Self.lastPause)
      commit()
    }
    finish()
  }

  private func finish() {
    retryTimer = nil
    if !queue.isEmpty {
      complain("the disk refused to the end: \(queue.eventCount) events are in no log")
    }
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

  private func insert(
    _ batch: Batch, _ writer: inout LogWriter, into database: Database
  ) throws {
    if var run = batch.run {
      run.siteKey = key.publicKey.text
      run.epoch = head.epoch
      try run.insert(database, &writer.chain)
    }
    // The flight record first: whatever an event follows from is durable no later than it.
    if let flight = batch.flight { try writer.insert(flight, into: database) }
    for account in batch.accounts {
      try writer.chain.insert(.account, nil, account.row, into: database)
    }
    for event in batch.events { try writer.insert(event, into: database) }
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
