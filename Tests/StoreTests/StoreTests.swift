import Foundation
import GRDB
import Monitoring
import Store
import Testing
import Vitals

/// A log in a folder of its own, gone with the test.
final class Folder: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "store-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var log: String { path + "/log.db" }

  /// Asks the file with a connection of its own.
  func ask<Value: DatabaseValueConvertible & Sendable>(_ sql: String, _ type: Value.Type) throws
    -> Value?
  {
    try DatabaseQueue(path: log).read { try Value.fetchOne($0, sql: sql) }
  }
}

extension Store {
  /// Appends and waits for the answer.
  func write(_ batch: Batch) async -> Bool {
    await withCheckedContinuation { continuation in
      append(batch) { continuation.resume(returning: $0) }
    }
  }
}

func note(_ sequence: Int64, _ text: String, at instant: Instant, chair: ChairID = .ward) -> Batch {
  var batch = Batch()
  batch.events = [
    Batch.Event(
      sequence: sequence, at: instant, wall: WallTime(milliseconds: 1_000 + sequence),
      chair: chair, event: .audit(.note(text, by: .system)))
  ]
  return batch
}

@Suite struct StoreTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `what is appended can be read once it is durable`() async throws {
    let store = try Store(path: folder.log)
    #expect(await store.write(note(1, "first", at: .seconds(5))))
    // Another connection sees it: it is committed, not merely buffered.
    #expect(try folder.ask("SELECT count(*) FROM event", Int.self) == 1)
    #expect(await store.write(note(2, "second", at: .seconds(6))))
    let history = try History(path: folder.log)
    let events = try await history.events(after: 0, limit: 10)
    #expect(events.map(\.sequence) == [1, 2])
    #expect(
      events[0].line
        == #"{"t":5.0,"chair":"*","event":"audit","what":"note","text":"first","by":"system"}"#)
    #expect(try await history.events(after: 1, limit: 10).map(\.sequence) == [2])
    #expect(try await history.lastSequence() == 2)
    #expect(try await history.lastInstant() == .seconds(6))
  }

  @Test func `the file is in WAL mode, synchronous, strict and of this version`() async throws {
    let store = try Store(path: folder.log)
    #expect(await store.write(note(1, "x", at: .zero)))
    #expect(try folder.ask("PRAGMA journal_mode", String.self) == "wal")
    #expect(try folder.ask("PRAGMA user_version", Int.self) == 5)
    let loose = try folder.ask(
      "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%STRICT'",
      Int.self)
    #expect(loose == 0)
  }

  /// Beside such a writer the checkpoints never come to the WAL's end, and all of a year stood in it.
  @Test func `a writer that never rests leaves no endless WAL`() async throws {
    let store = try Store(path: folder.log)
    for second in 1...28 {
      var batch = note(Int64(second), "x", at: .seconds(second))
      batch.flight = Batch.Flight(
        first: .seconds(second - 1), last: .seconds(second),
        block: [UInt8](repeating: UInt8(second), count: 4 << 20))
      #expect(await store.write(batch))
    }
    let wal = try FileManager.default.attributesOfItem(atPath: folder.log + "-wal")[.size]
    #expect(try #require(wal as? Int) < 80 << 20)
    await store.close()
    #expect(try LogVerification(path: folder.log).findings == [])
  }

  @Test func `a second daemon is refused the file`() throws {
    let first = try Store(path: folder.log)
    #expect(throws: StoreError.self) { try Store(path: folder.log) }
    withExtendedLifetime(first) {}
  }

  @Test func `a file of a newer version is refused, untouched`() throws {
    do { _ = try Store(path: folder.log) }
    try DatabaseQueue(path: folder.log).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    let error = #expect(throws: StoreError.self) { try Store(path: folder.log) }
    #expect(error?.description.contains("99") == true)
    #expect(try folder.ask("PRAGMA user_version", Int.self) == 99)
  }

  @Test func `a folder that does not exist is named`() {
    let error = #expect(throws: StoreError.self) { try Store(path: "/nowhere/at/all/log.db") }
    #expect(error?.description.contains("/nowhere/at/all/log.db") == true)
  }

  @Test func `a batch that the disk refuses is kept and written later, in its order`() async throws
  {
    let store = try Store(path: folder.log)
    // A table that is gone is a disk that refuses: every insert fails.
    let other = try DatabaseQueue(path: folder.log)
    try await other.write { try $0.execute(sql: "ALTER TABLE event RENAME TO hidden") }
    let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
    store.append(note(1, "refused", at: .zero)) { answer.yield($0) }
    var iterator = answers.makeAsyncIterator()
    #expect(await iterator.next() == false)
    try await other.write { try $0.execute(sql: "ALTER TABLE hidden RENAME TO event") }
    #expect(await store.write(note(2, "accepted", at: .zero)))
    #expect(await iterator.next() == true)
    let history = try History(path: folder.log)
    #expect(try await history.events(after: 0, limit: 10).map(\.sequence) == [1, 2])
  }

  @Test(arguments: [0, 1, 7, 250])
  func `samples of an interval are found`(count: Int) async throws {
    let store = try Store(path: folder.log)
    let chairs = try #require(["1", "2"].compactMap { ChairID($0) } as [ChairID]?)
    var batch = Batch()
    for second in 0..<count {
      for chair in chairs {
        let reading = OximeterReading(
          saturation: Saturation(percent: 90 + second % 10), pulseRate: PulseRate(perMinute: 70))
        batch.samples.append(
          Batch.Sample(
            at: .seconds(second), chair: chair, reading: second % 5 == 0 ? nil : reading))
      }
    }
    #expect(await store.write(batch))
    let history = try History(path: folder.log)
    for (from, to) in [(0, 1000), (-5, 3), (3, 3), (100, 120), (900, 1000)] {
      let found = try await history.samples(
        of: chairs[0], from: .seconds(from), to: .seconds(to))
      let expected = (0..<count).filter { (from...to).contains($0) }
      #expect(found.map(\.at) == expected.map { Instant.seconds($0) })
      #expect(found.map { $0.spo2 != nil } == expected.map { $0 % 5 != 0 })
    }
  }

  @Test func `the newest events of a chair come oldest first`() async throws {
    let store = try Store(path: folder.log)
    let chair = try #require(ChairID("7"))
    for number in 1...5 as ClosedRange<Int64> {
      #expect(
        await store.write(note(number, "n\(number)", at: .seconds(Int(number)), chair: chair)))
    }
    let history = try History(path: folder.log)
    #expect(try await history.events(of: chair, limit: 3).map(\.sequence) == [3, 4, 5])
  }
}
