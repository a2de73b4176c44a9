import Foundation
import GRDB
import Records
import Store
import Testing
import Vitals

/// A copy of the log takes its place, and says so.
@Suite struct BackupTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private var copy: String { folder.path + "/copy.db" }

  @Test func `a destroyed log is restored with its signatures, and counts its epoch on`()
    async throws
  {
    try await SignedSession.write(to: folder)
    let backup = try Backup(of: folder.log, to: copy)
    #expect(backup.verification.signatureCount == 1)
    // It proves itself where it lies.
    #expect(try LogVerification(path: copy).findings == [])
    // A disk that is gone, with everything but the copy.
    for name in ["", "-wal", "-shm", ".head", ".pub", ".key"] {
      try? FileManager.default.removeItem(atPath: folder.log + name)
    }
    let (aside, verification) = try Backup.restore(copy, to: folder.log, stamp: "x")
    #expect(aside == nil && verification.signatureCount == 1)
    #expect(try LogVerification(path: folder.log).findings == [])
    do {
      let store = try Store(path: folder.log)
      store.begin(
        Run(
          boot: "b", boottimeNanoseconds: 0, instant: .seconds(99_999),
          wall: WallTime(milliseconds: 0), speed: 1, software: "s", policyID: "p"))
      await store.close()
    }
    #expect(try folder.ask("SELECT max(epoch) FROM run", Int.self) == 2)
    #expect(try LogVerification(path: folder.log).findings == [])
  }

  @Test func `a log that lies there is set aside, and one in use is left alone`() async throws {
    try await SignedSession.write(to: folder)
    _ = try Backup(of: folder.log, to: copy)
    do {
      let store = try Store(path: folder.log)
      #expect(throws: StoreError.self) { try Backup.restore(copy, to: folder.log, stamp: "x") }
      // A copy can be made meanwhile.
      #expect(await store.write(note(5000, "meanwhile", at: .seconds(9000))))
      _ = try Backup(of: folder.log, to: folder.path + "/second.db")
      await store.close()
    }
    let aside = try Backup.restore(copy, to: folder.log, stamp: "then").setAside
    #expect(aside == folder.log + ".before-restore-then")
    #expect(FileManager.default.fileExists(atPath: aside ?? ""))
    #expect(try folder.ask("SELECT count(*) FROM event WHERE seq = 5000", Int.self) == 0)
  }

  @Test func `a log that was tampered with gives no copy, and such a copy restores nothing`()
    async throws
  {
    try await SignedSession.write(to: folder)
    _ = try Backup(of: folder.log, to: copy)
    for path in [copy, folder.log] {
      try await DatabaseQueue(path: path).write {
        try $0.execute(sql: "UPDATE event SET wall_ms = 0 WHERE seq = 9")
      }
    }
    let before = try Data(contentsOf: URL(filePath: folder.log))
    #expect(throws: StoreError.self) { try Backup.restore(copy, to: folder.log, stamp: "x") }
    #expect(try Data(contentsOf: URL(filePath: folder.log)) == before)
    let other = folder.path + "/other.db"
    #expect(throws: StoreError.self) { try Backup(of: folder.log, to: other) }
    #expect(!FileManager.default.fileExists(atPath: other))
    #expect(!FileManager.default.fileExists(atPath: other + ".part"))
  }

  @Test func `vacuum gives space back, and check reads everything`() async throws {
    try await SignedSession.write(to: folder)
    let check = try LogCheck(path: folder.log)
    #expect(check.complaints == [] && check.blocks > 0 && check.samples > 100)
    #expect(check.tapeRows > 0)
    let (before, after) = try Vacuum.run(path: folder.log)
    #expect(after <= before)
    #expect(try LogVerification(path: folder.log).findings == [])
    try await DatabaseQueue(path: folder.log).write {
      try $0.execute(
        sql: "UPDATE block SET spo2_min = 12 WHERE seq = 1; UPDATE block SET pr = 'x' WHERE seq = 2"
      )
    }
    #expect(try LogCheck(path: folder.log).complaints.count == 2)
  }
}
