import Foundation
import GRDB
import Glibc
import Monitoring
import Recording
import Store
import Vitals

/// What the hash chain costs the log's writer: events appended through ``Store``, and the same rows by
/// bare inserts into the same kind of table, in as many transactions.
enum LogBench {
  private static let events = 100_000
  /// Events a transaction: as a busy ward has them, and each by itself.
  private static let batches = [100, 1]

  static func run() {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      for size in batches {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let count = size == 1 ? events / 10 : events
        let chained = try measure { try Self.chained("\(folder.path)/chained.db", count, size) }
        let plain = try measure { try Self.plain("\(folder.path)/plain.db", count, size) }
        let verified = try measure {
          let log = try LogVerification(path: "\(folder.path)/chained.db")
          if !log.findings.isEmpty { Bench.fail("the log does not verify") }
        }
        report {
          $0.add("log", count)
          $0.add("eventsPerTransaction", size)
          $0.addRaw("chainedCPUMicroseconds", (chained.cpu / Double(count)).json)
          $0.addRaw("chainedWallMicroseconds", (chained.wall / Double(count)).json)
          $0.addRaw("plainCPUMicroseconds", (plain.cpu / Double(count)).json)
          $0.addRaw("plainWallMicroseconds", (plain.wall / Double(count)).json)
          $0.addRaw("verifyMicroseconds", (verified.wall / Double(count)).json)
          $0.add("chainedBytes", bytes("\(folder.path)/chained.db"))
          $0.add("plainBytes", bytes("\(folder.path)/plain.db"))
        }
        try FileManager.default.removeItem(at: folder)
      }
    } catch { Bench.fail("\(error)") }
  }

  /// Microseconds of the process and of the clock on the wall.
  private static func measure(_ body: () throws -> Void) rethrows -> (cpu: Double, wall: Double) {
    let (cpu, wall) = (clock(), monotonicNanoseconds())
    try body()
    return (
      Double(clock() - cpu) / Double(CLOCKS_PER_SEC) * 1e6,
      Double(monotonicNanoseconds() - wall) / 1e3
    )
  }

  private static func bytes(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  private static func batch(_ numbers: Range<Int>) -> Batch {
    var batch = Batch()
    for number in numbers {
      batch.events.append(
        Batch.Event(
          sequence: Int64(number + 1), at: .milliseconds(Int64(number)),
          wall: WallTime(milliseconds: Int64(number)), chair: .ward,
          event: .audit(.note("what a nurse writes, or an alarm says", by: .system))))
    }
    return batch
  }

  private static func chained(_ path: String, _ count: Int, _ size: Int) throws {
    let store = try Store(path: path)
    let done = DispatchSemaphore(value: 0)
    for first in stride(from: 0, to: count, by: size) {
      store.append(batch(first..<first + size)) { _ in done.signal() }
      done.wait()
    }
    let closed = DispatchSemaphore(value: 0)
    Task {
      await store.close()
      closed.signal()
    }
    closed.wait()
  }

  private static func plain(_ path: String, _ count: Int, _ size: Int) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
          CREATE TABLE event (seq INTEGER PRIMARY KEY, t_ms INTEGER NOT NULL,
            wall_ms INTEGER NOT NULL, chair TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL
          ) STRICT;
          CREATE INDEX event_by_chair ON event(chair, seq);
          """)
    }
    for first in stride(from: 0, to: count, by: size) {
      let batch = batch(first..<first + size)
      try queue.write { database in
        let statement = try database.cachedStatement(sql: "INSERT INTO event VALUES (?,?,?,?,?,?)")
        for event in batch.events {
          try statement.execute(arguments: [
            event.sequence, event.at.milliseconds, event.wall.milliseconds, event.chair.name,
            EventText.kind(of: event.event),
            EventText.line(event.chair, event.event, at: event.at),
          ])
        }
      }
    }
    try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try queue.close()
  }
}
