import Foundation
import GRDB
import Monitoring
import Records
import TestKit
import Testing
import Vitals

@testable import Store

/// A log from before the chain gains one, and every row it had is covered from then on.
@Suite struct MigrationTests {
  let folder: Folder

  /// A log of the second version, as its daemon left it.
  init() throws {
    folder = try Folder()
    let queue = try DatabaseQueue(path: folder.log)
    try queue.write { database in
      for migration in Schema.migrations.prefix(2) { try database.execute(sql: migration) }
      try database.execute(
        sql: """
          PRAGMA user_version = 2;
          INSERT INTO run (boot, boottime_ns, instant_ms, wall_ms, speed, software, policy)
            VALUES ('b', 1, 0, 0, 1.0, '0.0.9', 'p');
          INSERT INTO event VALUES
            (1, 1000, 1, '7', 'session', '{"t":1.0,"chair":"7","event":"session","state":"baseline"}'),
            (2, 2000, 2, '7', 'signature',
              '{"t":2.0,"chair":"7","event":"signature","result":"accepted","by":"rn1","number":1}'),
            (5, 3000, 3, '7', 'audit', '{"t":3.0,"chair":"7","event":"audit","what":"note"}');
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO sample (t_ms, chair, spo2, status) SELECT i * 1000, '7', 97, 0 FROM n;
          INSERT INTO flight (first_ms, last_ms, block) VALUES (1, 2, x'0102');
          """)
    }
    try queue.close()
  }

  @Test func `no chain is not mistaken for a sound one`() {
    let error = #expect(throws: StoreError.self) { try LogVerification(path: folder.log) }
    #expect(error?.description.contains("version 2") == true)
  }

  @Test func `it verifies after the first start, and goes on`() async throws {
    do {
      let store = try Store(path: folder.log)
      #expect(await store.write(note(6, "new", at: .seconds(6000))))
      await store.close()
    }
    let log = try LogVerification(path: folder.log)
    #expect(log.findings == [])
    #expect(try folder.ask("SELECT sum(n) FROM block", Int.self) == 5000)
    #expect(
      try folder.ask("SELECT count(*) FROM link WHERE cause = 'migration'", Int.self) == 3,
      "the events up to a gap, the rest, the mark of the tape")
    #expect(try folder.ask("PRAGMA user_version", Int.self) == Schema.migrations.count)
  }

  @Test(arguments: [
    ("DELETE FROM event WHERE seq = 5", "event 5: missing"),
    (
      "INSERT INTO event SELECT 3, 1, 1, '7', 'audit', '{}'",
      "event 3: inserted (no link covers it)"
    ),
    ("UPDATE block SET spo2 = spo2 || '?' WHERE seq = 9", "block 9: changed"),
    ("UPDATE run SET site = 'elsewhere'", "run 1: changed"),
    ("UPDATE tape SET block = x'0103'", "tape 1: changed"),
  ])
  func `what is done to an old row afterwards is found`(sql: String, finding: String) async throws {
    do {
      let store = try Store(path: folder.log)
      await store.close()
    }
    try await DatabaseQueue(path: folder.log).write { try $0.execute(sql: sql) }
    #expect(try LogVerification(path: folder.log).findings.first?.description == finding)
  }
}

/// A log that the software of schema 4 wrote and signed (`fixtures/logs`).
@Suite struct ConversionTests {
  let folder: Folder

  init() throws {
    folder = try Folder()
    for name in ["", ".head", ".pub"] {
      try FileManager.default.copyItem(
        atPath: Fixtures.root.appending(path: "fixtures/logs/schema-4.db").path + name,
        toPath: folder.log + name)
    }
  }

  private func open() async throws -> [String] {
    let (complaints, complain) = AsyncStream.makeStream(of: String.self)
    let store = try Store(path: folder.log) { complain.yield($0) }
    await store.close()
    complain.finish()
    var said: [String] = []
    for await complaint in complaints { said.append(complaint) }
    return said
  }

  @Test func `it verifies before and after, with its signature and the head that was noted`()
    async throws
  {
    let before = try LogVerification(path: folder.log)
    #expect(before.findings == [])
    let seconds = try DatabaseQueue(path: folder.log).read {
      try Row.fetchAll($0, sql: "SELECT t_ms, spo2, pr, pi, status FROM sample ORDER BY seq")
    }
    #expect(seconds.count > 4000)
    #expect(try await open() == [])
    let after = try LogVerification(path: folder.log, noted: before.head.hash)
    #expect(after.findings == [])
    #expect(after.signatureCount == 1)
    let converted = try DatabaseQueue(path: folder.log).read {
      try Row.fetchAll(
        $0, sql: "SELECT t_ms, spo2, pr, pi, status FROM v_vitals_1s ORDER BY t_ms")
    }
    #expect(converted == seconds)
    let chair = try #require(ChairID("7"))
    let history = try History(path: folder.log)
    #expect(try await SessionRecord(of: chair, in: history)?.events.isEmpty == false)
  }

  @Test func `what was done to it before it was converted is said, and its signature fails`()
    async throws
  {
    try await DatabaseQueue(path: folder.log).write {
      try $0.execute(sql: "UPDATE sample SET spo2 = 99 WHERE seq = 2000")
    }
    #expect(
      try LogVerification(path: folder.log).findings.map(\.description) == ["sample 2000: changed"])
    let said = try await open()
    #expect(said.count == 1 && said[0].contains("sample 2000: changed"))
    let problems = try LogVerification(path: folder.log).findings.map(\.problem)
    #expect(problems == [.badSignature])
  }
}
