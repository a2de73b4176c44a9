import Foundation
import GRDB
import Monitoring
import Testing
import Vitals

@testable import Store

/// A log that comes to harm: who may go on with it, and what becomes of it.
@Suite struct `A damaged log` {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func write(_ accounts: [Account] = []) async throws {
    let store = try Store(path: folder.log)
    var batch = note(1, "before", at: .seconds(1))
    batch.accounts = accounts
    #expect(await store.write(batch))
    await store.close()
  }

  private func account(_ name: String) throws -> Account {
    Account(
      id: try #require(StaffID(name)), name: name, roles: [.rn],
      created: Account.Stamp(at: WallTime(milliseconds: 1), by: .system))
  }

  /// Overwrites the page where a table begins.
  private func spoil(_ table: String) throws {
    let page = try #require(
      try folder.ask("SELECT rootpage FROM sqlite_master WHERE name = '\(table)'", Int.self))
    let size = try #require(try folder.ask("PRAGMA page_size", Int.self))
    let file = try #require(FileHandle(forUpdatingAtPath: folder.log))
    try file.seek(toOffset: UInt64((page - 1) * size))
    try file.write(contentsOf: Data(repeating: 0xA5, count: size))
    try file.close()
  }

  @Test func `is refused to whoever is no daemon, and named`() async throws {
    try await write()
    try spoil("event")
    let error = #expect(throws: StoreError.self) { try Store(path: folder.log) }
    #expect(error?.description.contains("damaged") == true)
    #expect(error?.description.contains(folder.log) == true)
  }

  @Test func `is set aside for a daemon, with its head, and its people keep their accounts`()
    async throws
  {
    let accounts = [try account("anna"), try account("omar")]
    try await write(accounts)
    try spoil("event")
    let before = FileManager.default.contents(atPath: folder.log)
    let old = try await begunAnew()
    #expect(FileManager.default.contents(atPath: old.path) == before)
    #expect(FileManager.default.fileExists(atPath: old.path + ".head"))
    #expect(old.path.hasPrefix(folder.log + ".corrupt-2"))
    #expect(old.accounts == accounts)
    #expect(try LogVerification(path: folder.log).findings == [])
    // A second one in the same second has a name of its own.
    try spoil("event")
    #expect(try await begunAnew().path != old.path)
  }

  /// Lets a daemon take up the log, write to it and end.
  private func begunAnew() async throws -> SetAside {
    let (store, setAside) = try Store.takeUp(path: folder.log) { _ in }
    #expect(await store.write(note(1, "after", at: .seconds(2))))
    await store.close()
    return try #require(setAside)
  }

  /// Whoever was shut out by a row that is gone must not be let in again.
  @Test(arguments: [
    "DELETE FROM account WHERE seq = 2", "DELETE FROM account WHERE seq = 1",
    "UPDATE account SET roles = '' WHERE seq = 1", "DELETE FROM link",
  ])
  func `gives its accounts only whole`(sql: String) async throws {
    try await write([try account("anna"), try account("omar")])
    try await DatabaseQueue(path: folder.log).write { try $0.execute(sql: sql) }
    try spoil("event")
    let accounts = try Store.takeUp(path: folder.log) { _ in }.setAside?.accounts
    // A role that is missing is that of somebody who may do nothing.
    #expect(accounts?.filter { !$0.roles.isEmpty }.isEmpty == !sql.hasPrefix("UPDATE"))
  }

  @Test func `that is sound is not touched, however large`() async throws {
    try await write()
    let (store, setAside) = try Store.takeUp(path: folder.log) { _ in }
    #expect(setAside == nil)
    await store.close()
    #expect(try folder.ask("SELECT count(*) FROM event", Int.self) == 1)
  }

  @Test func `that is met while a daemon writes is looked at closely by the next`() async throws {
    try await write()
    do {
      let store = try Store(path: folder.log)
      try await DatabaseQueue(path: folder.log).write { database in
        try database.execute(
          sql: """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET rootpage = 9999 WHERE name = 'event';
            PRAGMA schema_version = 4711;
            """)
      }
      #expect(await store.write(note(2, "into nothing", at: .seconds(2))) == false)
      await store.close()
    }
    #expect(FileManager.default.fileExists(atPath: folder.log + ".suspect"))
    #expect(try Store.takeUp(path: folder.log) { _ in }.setAside != nil)
    #expect(!FileManager.default.fileExists(atPath: folder.log + ".suspect"))
  }

  @Test func `is nothing that a start cut off can leave`() async throws {
    // The file is made before SQLite comes to it.
    #expect(FileManager.default.createFile(atPath: folder.log, contents: Data()))
    let (store, setAside) = try Store.takeUp(path: folder.log) { _ in }
    #expect(setAside == nil)
    #expect(await store.write(note(1, "first", at: .zero)))
  }
}
