import GRDB
import Records
import Store
import Testing
import Vitals

/// What the daemon checks of its own log while it writes it.
@Suite struct RunningVerificationTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `sees what was done to the newest rows, once, and leaves older ones to verify`()
    async throws
  {
    let store = try Store(path: folder.log)
    #expect(await store.write(note(1, "old", at: .seconds(1))))
    var verification = RunningVerification(path: folder.log)
    #expect(try verification.goOn() == [])
    for number in 2...5 as ClosedRange<Int64> {
      #expect(await store.write(note(number, "new", at: .seconds(Int(number)))))
    }
    try await DatabaseQueue(path: folder.log).write {
      try $0.execute(sql: "UPDATE event SET t_ms = 0 WHERE seq IN (1, 4)")
    }
    #expect(try verification.goOn().map(\.description) == ["event 4: changed"])
    #expect(try verification.goOn() == [])
    #expect(await store.write(note(6, "newer", at: .seconds(6))))
    #expect(try verification.goOn() == [])
    let everything = try LogVerification(path: folder.log).findings
    #expect(everything.map(\.description) == ["event 1: changed", "event 4: changed"])
  }
}
