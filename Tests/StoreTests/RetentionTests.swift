import Foundation
import GRDB
import Monitoring
import Records
import Store
import Testing
import Vitals
import Ward

/// What is old goes, what is signed stays until its time, and the chain stays whole.
@Suite struct RetentionTests {
  let folder: Folder
  private static let wall = WallTime(milliseconds: 1_773_500_000_000)

  init() throws { folder = try Folder() }

  private func retain(
    _ rules: Retention, afterDays days: Int64
  ) async throws -> RetentionReport {
    let store = try Store(path: folder.log)
    let now = WallTime(milliseconds: Self.wall.milliseconds + days * 86_400_000)
    let result = await withCheckedContinuation { done in
      store.retain(rules, at: now) { done.resume(returning: $0) }
    }
    await store.close()
    return try result.get()
  }

  private func count(_ table: String) throws -> Int {
    try folder.ask("SELECT count(*) FROM \(table)", Int.self) ?? -1
  }

  @Test func `nothing goes before its time`() async throws {
    try await SignedSession.write(to: folder)
    let report = try await retain(.standard, afterDays: 29)
    #expect(report.isEmpty)
    #expect(try LogVerification(path: folder.log).findings == [])
  }

  @Test func `raw bytes and idle seconds go first, and the signed session proves itself still`()
    async throws
  {
    try await SignedSession.write(to: folder)
    let seconds = try folder.ask("SELECT count(*) FROM v_vitals_1s WHERE chair = '7'", Int.self)
    let events = try count("event")
    let report = try await retain(.standard, afterDays: 100)
    #expect(report.tapeRows > 0 && report.idleBlocks == 1 && report.records == 0)
    // What came after the last event may be as young as it likes.
    #expect(try count("tape") <= 1)
    #expect(try folder.ask("SELECT count(*) FROM v_vitals_1s WHERE chair = '8'", Int.self) == 0)
    #expect(
      try folder.ask("SELECT count(*) FROM v_vitals_1s WHERE chair = '7'", Int.self) == seconds)
    #expect(try count("event") == events)
    let log = try LogVerification(path: folder.log)
    #expect(log.findings == [] && log.signatureCount == 1)
    // A later start goes on behind what is gone.
    let store = try Store(path: folder.log)
    #expect(await store.write(note(10_000, "later", at: .seconds(9000))))
    await store.close()
    #expect(try LogVerification(path: folder.log).findings == [])
  }

  @Test func `after ten years the session goes whole, and that it went stays on record`()
    async throws
  {
    try await SignedSession.write(to: folder)
    let report = try await retain(.standard, afterDays: 3661)
    #expect(report.records > 0)
    for table in ["event", "block", "signature"] {
      #expect(try count(table) == 0, "\(table)")
    }
    #expect(try LogVerification(path: folder.log).findings == [])
    #expect(
      try folder.ask("SELECT count(DISTINCT place) FROM removal", Int.self) == 3,
      "blocks, events, signatures")
    // Numbers that were given once are not given again.
    #expect(try await History(path: folder.log).lastSequence() > 20)
  }

  @Test func `a removal that nobody ordered is found`() async throws {
    try await SignedSession.write(to: folder)
    _ = try await retain(.standard, afterDays: 100)
    try await DatabaseQueue(path: folder.log).write {
      try $0.execute(sql: "DELETE FROM block WHERE seq = (SELECT max(seq) FROM block)")
    }
    #expect(try LogVerification(path: folder.log).findings.first?.problem == .missing)
  }

  @Test func `an open session keeps everything, whatever its age`() async throws {
    let chair = try #require(ChairID("7"))
    try await writeOpenSession(of: chair)
    let first = try #require(
      try folder.ask("SELECT min(seq) FROM event WHERE kind = 'session'", Int64.self))
    #expect(try await retain(.standard, afterDays: 6000).tapeRows == 0)
    #expect(try folder.ask("SELECT count(*) FROM v_vitals_1s", Int.self) == 800)
    let entries = try await History(path: folder.log).sessions(of: "A.B.")
    let opening = try folder.ask("SELECT body FROM event WHERE seq = \(first)", String.self)
    #expect(opening?.contains(#""patient":"A.B.""#) == true, "\(opening ?? "")")
    #expect(entries.map(\.opening) == [first])
    #expect(entries.map(\.chair) == [chair])
  }

  private func writeOpenSession(of chair: ChairID) async throws {
    let store = try Store(path: folder.log)
    var batch = Batch()
    let nurse = try #require(StaffID("rn1"))
    var ward = Ward(WardPlan(chairs: [WardPlan.Chair(id: chair, drivers: [:])]))
    for (command, at, days) in [
      (Command.checkIn(route: .iv40, patient: "A.B."), Instant.seconds(100), Int64(0)),
      (.note("years later"), .seconds(200), 5000),
    ] {
      ward.handle(.command(chair, command, by: nurse), at: at) { at, output in
        guard case .event(let chair, let event) = output else { return }
        batch.events.append(
          Batch.Event(
            sequence: Int64(batch.events.count + 1), at: at,
            wall: WallTime(milliseconds: Self.wall.milliseconds + days * 86_400_000),
            chair: chair, event: event))
      }
    }
    batch.samples = (100..<900).map {
      Batch.Sample(at: .seconds($0), chair: chair, reading: nil)
    }
    batch.flight = Batch.Flight(first: .seconds(100), last: .seconds(900), block: [1, 2, 3])
    #expect(await store.write(batch))
    await store.close()
  }
}
