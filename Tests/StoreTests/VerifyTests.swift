import Foundation
import GRDB
import Records
import Store
import Testing
import Vitals

@Suite struct VerifyTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `a log is as it was written, signed, and its bundle proves itself`() async throws {
    try await SignedSession.write(to: folder, isOld: true)
    let log = try LogVerification(path: folder.log)
    #expect(log.findings == [])
    #expect(log.signatureCount == 1)
    #expect(log.tables.allSatisfy { $0.rows > 0 && $0.bad == 0 })
    let key = try SiteKeyFile.read(log: folder.log)
    #expect(log.key == key.publicKey)

    let history = try History(path: folder.log)
    let wall = WallTime(milliseconds: 1_773_600_000_000)
    let bundle = try #require(
      try await history.bundle(of: SignedSession.chair, key: key, at: wall))
    #expect(try await history.bundle(of: SignedSession.chair, key: key, at: wall) == bundle)
    let result = BundleVerification(Array(bundle.utf8), trusting: [key.publicKey])
    #expect(result.findings == [])
    let manifest = try #require(result.signatures.first)
    #expect(result.signatures.count == 1)
    #expect(manifest["signer"]?["printedName"]?.text == "R. Nurse, RN")
    #expect(manifest["signer"]?["role"]?.text == "rn")
    #expect(manifest["software"]?.text == "0.1.0")
    #expect(bundle.contains(#""what":"departed""#), "what comes after the signature is there too")
    #expect(bundle.contains(#""why":"noValue""#) || bundle.contains(#""why":"notRecorded""#))
    // Every event of the session, every second, once.
    let events = try folder.ask(
      "SELECT count(*) FROM event WHERE seq >= (SELECT min(seq) FROM event WHERE kind = 'session')",
      Int.self)
    #expect(bundle.split(separator: "\n").count { $0.contains(#""kind":"event""#) } == events)
    let rows = bundle.split(separator: "\n").filter { $0.contains(#""kind":"samples""#) }
      .compactMap { JSONValue(String($0))?["body"]?["rows"]?.list?.count }
    #expect(try rows.reduce(0, +) == folder.ask("SELECT count(*) FROM v_vitals_1s", Int.self))
  }

  /// The list that the daemon began with does not know her; the accounts do.
  @Test func `who joined while the patient was here signs with printed name and role`() async throws
  {
    let newcomer = try #require(StaffID("rn9"))
    try await SignedSession.write(to: folder, newcomer: newcomer)
    #expect(try LogVerification(path: folder.log).findings == [])
    let (key, history) = (try SiteKeyFile.read(log: folder.log), try History(path: folder.log))
    let bundle = try #require(
      try await history.bundle(
        of: SignedSession.chair, key: key, at: WallTime(milliseconds: 1_773_600_000_000)))
    let result = BundleVerification(Array(bundle.utf8), trusting: [key.publicKey])
    #expect(result.findings == [])
    let signer = result.signatures.first?["signer"]
    #expect(signer?["userId"]?.text == "rn9")
    #expect(signer?["printedName"]?.text == "N. Newcomer, RN")
    #expect(signer?["role"]?.text == "rn")
    let part = bundle.split(separator: "\n").first { $0.contains(#""kind":"part""#) }
    let staff = part.flatMap { JSONValue(String($0))?["body"]?["staff"]?.list } ?? []
    #expect(
      staff.compactMap { $0["printedName"]?.text } == ["R. Nurse, RN", "N. Newcomer, RN"])
    let run = try await history.runs(from: .zero, to: .seconds(9000))
    let last = try #require(try folder.ask("SELECT max(seq) FROM event", Int64.self))
    let people = try await history.staff(at: last, since: run)
    #expect(people.first { $0.user == "rn9" }?.name == "N. Newcomer, RN")
    #expect(try await history.staff(at: 1, since: run).contains { $0.user == "rn9" } == false)
  }

  @Test func `a bundle closed by the key that replaced the record's needs both`() async throws {
    try await SignedSession.write(to: folder)
    let (key, newer) = (try SiteKeyFile.read(log: folder.log), SiteKey())
    let bundle = try #require(
      try await History(path: folder.log).bundle(
        of: SignedSession.chair, key: newer, at: WallTime(milliseconds: 1_773_600_000_000)))
    func problems(_ keys: [SitePublicKey]) -> [String] {
      BundleVerification(Array(bundle.utf8), trusting: keys).findings.map(\.description)
    }
    #expect(problems([key.publicKey, newer.publicKey]) == [])
    for keys in [[], [key.publicKey]] {
      let found = problems(keys)
      #expect(found.count == 1 && found.first?.contains("give both with --key") == true, "\(found)")
    }
    #expect(problems([newer.publicKey]).contains { $0.contains("another site's") })
  }

  @Test func `the key is the service's own, and stays the same`() async throws {
    do { _ = try Store(path: folder.log) }
    let key = try SiteKeyFile.read(log: folder.log).publicKey
    let mode = try FileManager.default.attributesOfItem(atPath: folder.log + ".key")
    #expect(mode[.posixPermissions] as? Int == 0o600)
    #expect(try SiteKeyFile.readPublic(folder.log + ".pub") == key)
    do { _ = try Store(path: folder.log) }
    #expect(try SiteKeyFile.read(log: folder.log).publicKey == key)
    try "no key".write(toFile: folder.log + ".key", atomically: true, encoding: .utf8)
    let error = #expect(throws: StoreError.self) { try Store(path: folder.log) }
    #expect(error?.description.contains(folder.log + ".key") == true)
  }

  /// Cuts the last links off, with every row they cover.
  private func cut(_ count: Int64) throws {
    try DatabaseQueue(path: folder.log).write { database in
      let last = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM link") ?? 0
      let covers =
        try String.fetchOne(
          database, sql: "SELECT covers FROM link WHERE seq = ?", arguments: [last - count]) ?? ""
      var ends: [String: Int64] = [:]
      for word in covers.split(separator: " ") {
        let parts = word.split { ":+".contains($0) }
        ends[String(parts[0])] = (Int64(parts[1]) ?? 0) + (Int64(parts[2]) ?? 0)
      }
      // A table that the chain had not reached yet is emptied.
      let tables = try String.fetchAll(
        database,
        sql:
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('link', 'open', 'tape')"
      )
      for table in tables {
        let key = try database.columns(in: table)[0].name
        try database.execute(sql: "DELETE FROM \(table) WHERE \(key) > \(ends[table] ?? 0)")
      }
      try database.execute(sql: "DELETE FROM link WHERE seq > \(last - count)")
    }
  }

  @Test(arguments: [1, 5, 12] as [Int64])
  func `links cut off at the end are missed by the head`(count: Int64) async throws {
    try await SignedSession.write(to: folder)
    let before = try LogVerification(path: folder.log)
    try cut(count)
    let found = try LogVerification(path: folder.log).findings
    #expect(found.first?.place == "link" && found.first?.problem == .truncated)
    #expect(found.first?.row == before.head.link - count + 1)
    // Without the head file nothing is wrong with what is left, and that is what is said.
    try FileManager.default.removeItem(atPath: folder.log + ".head")
    let without = try LogVerification(path: folder.log).findings
    #expect(without.first?.place == "head" && without.first?.problem == .missing)
    #expect(without.dropFirst().allSatisfy { Self.isOfStrip($0) }, "but that rows were removed")
    // A hash that was noted elsewhere does as well.
    let noted = try LogVerification(path: folder.log, noted: before.head.hash).findings
    #expect(noted.filter { !Self.isOfStrip($0) }.map(\.problem) == [.truncated])
    let kept = try LogVerification(path: folder.log).head.hash
    let kind = try LogVerification(path: folder.log, noted: kept).findings
    #expect(kind.allSatisfy { Self.isOfStrip($0) })
  }

  /// The rows that the cut links said were gone.
  private static func isOfStrip(_ finding: Finding) -> Bool {
    ["open", "tape"].contains(finding.place)
  }

  @Test func `a daemon that finds its log cut says so and keeps the head as evidence`()
    async throws
  {
    try await SignedSession.write(to: folder)
    try cut(3)
    let (complaints, complain) = AsyncStream.makeStream(of: String.self)
    do {
      let store = try Store(path: folder.log) { complain.yield($0) }
      #expect(await store.write(note(100_000, "after", at: .seconds(9000))))
      await store.close()
    }
    complain.finish()
    var said: [String] = []
    for await complaint in complaints { said.append(complaint) }
    #expect(said.count == 1 && said[0].contains("log.db.head.refused"))
    let found = try LogVerification(path: folder.log).findings
    #expect(found.contains { $0.place == "link" && $0.problem != .missing })
  }

  @Test func `a head that another key has signed, or that is garbled, is found`() async throws {
    try await SignedSession.write(to: folder)
    let log = try LogVerification(path: folder.log)
    let head = ChainHead(
      link: log.head.link, hash: log.head.hash, wall: WallTime(milliseconds: 0))
    let forged = try #require(head.text(signedBy: SiteKey()))
    for (text, problem) in [
      (forged, Finding.Problem.badSignature), ("", .unreadable), ("{}\n", .unreadable),
    ] {
      try text.write(toFile: folder.log + ".head", atomically: true, encoding: .utf8)
      let found = try LogVerification(path: folder.log).findings
      #expect(found.map(\.problem) == [problem])
    }
  }

  @Test func `the head follows within a second or two without being closed`() async throws {
    let store = try Store(path: folder.log)
    for number in 1...3 as ClosedRange<Int64> {
      #expect(await store.write(note(number, "n", at: .seconds(Int(number)))))
    }
    let key = try SiteKeyFile.read(log: folder.log).publicKey
    let last = try folder.ask("SELECT max(seq) FROM link", Int64.self)
    var reached: Int64?
    for _ in 0..<200 where reached != last {
      try await Task.sleep(for: .milliseconds(20))
      let text = try String(contentsOfFile: folder.log + ".head", encoding: .utf8)
      reached = try ChainHead(text, keys: [key]).link
    }
    #expect(reached == last)
    withExtendedLifetime(store) {}
  }

  @Test func `a log that nothing was written to verifies`() throws {
    do { _ = try Store(path: folder.log) }
    #expect(try LogVerification(path: folder.log).findings == [])
  }

  @Test func `a lost key is replaced, and what the old one signed stands`() async throws {
    try await SignedSession.write(to: folder)
    try FileManager.default.removeItem(atPath: folder.log + ".key")
    do {
      let store = try Store(path: folder.log) { Issue.record("\($0)") }
      #expect(await store.write(note(100_000, "later", at: .seconds(9000))))
      await store.close()
    }
    let log = try LogVerification(path: folder.log)
    #expect(log.findings == [] && log.signatureCount == 1)
    #expect(log.key == (try SiteKeyFile.read(log: folder.log).publicKey))
  }

  @Test func `what is no log is refused`() throws {
    try "not a database at all".write(toFile: folder.log, atomically: true, encoding: .utf8)
    #expect(throws: StoreError.self) { try LogVerification(path: folder.log) }
    #expect(throws: StoreError.self) { try LogVerification(path: folder.path + "/none.db") }
  }

  @Test func `a transaction costs one link, whatever is in it`() async throws {
    let store = try Store(path: folder.log)
    var batch = note(1, "one", at: .zero)
    batch.events += note(2, "two", at: .zero).events
    batch.samples = (0..<9).map {
      Batch.Sample(at: .seconds($0), chair: SignedSession.chair, reading: nil)
    }
    batch.flight = Batch.Flight(first: .zero, last: .zero, block: [1, 2, 3])
    #expect(await store.write(batch))
    #expect(try folder.ask("SELECT count(*) FROM link", Int.self) == 1)
    #expect(
      try folder.ask("SELECT covers FROM link", String.self)
        == "event:0+2", "samples and the tape prove themselves")
    await store.close()
    #expect(try LogVerification(path: folder.log).findings == [])
  }
}
