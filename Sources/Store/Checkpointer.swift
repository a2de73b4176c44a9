import DispatchKit
import GRDB
import Glibc

/// Brings what was committed from the WAL into the file, on a connection and a queue of its own: a
/// checkpoint syncs the file twice, and no event should wait for that.
///
/// SQLite lets a passive checkpoint run beside the writer. It ends at what the oldest reader still
/// reads, and a WAL that grows all the same is complained of. Beside a writer that never rests it
/// never comes to the end, and only there does the WAL begin anew: such a writer pays itself.
actor Checkpointer: QueueActor {
  nonisolated let executor = SerialQueueExecutor(label: "store.checkpoint")
  private let database: DatabaseQueue
  private let walPath: String
  private let complain: @Sendable (String) -> Void
  private var wasHeldBack = false

  /// Often enough for a WAL of a few megabytes, seldom enough for the disk.
  private static let interval = Duration.seconds(20)
  private var lastAt = ContinuousClock.now
  /// A WAL of so many is somebody's who holds a transaction open.
  private static let tooLong: Int64 = 256 << 20
  /// Pages of 8 kB: from 64 MB on the writer empties the WAL.
  private static let writersTurnPages = 8192

  /// Takes the work over from a writer; `complain` is told once of each time that a reader keeps the
  /// WAL from being emptied.
  init(
    besides writer: DatabaseQueue, _ path: String, _ complain: @escaping @Sendable (String) -> Void
  ) throws {
    walPath = path + "-wal"
    self.complain = complain
    var configuration = Configuration()
    configuration.label = "store.checkpoint"
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    database = try DatabaseQueue(path: path, configuration: configuration)
    try writer.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.writersTurnPages)")
    }
  }

  /// Looks whether there is something to do; returns at once.
  nonisolated func look() {
    executor.async(on: self) { $0.checkpoint() }
  }

  private func checkpoint() {
    guard lastAt.duration(to: .now) >= Self.interval else { return }
    lastAt = .now
    let length = bytes
    _ = try? database.writeWithoutTransaction { try $0.checkpoint(.passive) }
    if length >= Self.tooLong, !wasHeldBack {
      complain(
        "\(walPath) has grown to \(length >> 20) MB: some program reads the log in one long transaction; end it"
      )
    }
    wasHeldBack = length >= Self.tooLong
  }

  private var bytes: Int64 {
    var status = stat()
    return stat(walPath, &status) == 0 ? Int64(status.st_size) : 0
  }

  func close() { try? database.close() }
}
