import Foundation
import Monitoring
import Recording
import Store
import Testing
import Vitals

@Suite struct `Accounts in the log` {
  private let folder: Folder
  private let rn1 = StaffID("rn1")!
  private let stamp = Account.Stamp(at: WallTime(milliseconds: 1_773_500_351_000), by: .system)

  init() throws { folder = try Folder() }

  private func account(_ id: StaffID) -> Account {
    Account(
      id: id, name: "R. Nurse, RN", roles: [.rn, .admin],
      credential: Account.Credential(kind: .pin, hash: "scrypt:x", setAt: stamp.at),
      created: stamp)
  }

  private func batch(_ accounts: Account...) -> Batch {
    var batch = Batch()
    batch.accounts = accounts
    return batch
  }

  @Test func `come back as they were, whatever state they are in`() async throws {
    let store = try Store(path: folder.log)
    var locked = account(rn1)
    for _ in 1...5 { _ = locked.countFailure(at: .milliseconds(1234)) }
    var gone = account(StaffID("rn2")!)
    gone.disabled = Account.Stamp(at: WallTime(milliseconds: 5), by: rn1)
    gone.credential = nil
    #expect(await store.write(batch(locked, gone)))
    #expect(try await History(path: folder.log).accounts() == [locked, gone])
  }

  @Test func `keep every state they have had, and the newest counts`() async throws {
    let store = try Store(path: folder.log)
    var one = account(rn1)
    #expect(await store.write(batch(one)))
    for _ in 1...3 {
      _ = one.countFailure(at: .zero)
      #expect(await store.write(batch(one)))
    }
    #expect(try await History(path: folder.log).accounts() == [one])
    #expect(try folder.ask("SELECT group_concat(failures) FROM account", String.self) == "0,1,2,3")
  }

  @Test func `are as durable as the event that tells of them`() async throws {
    let store = try Store(path: folder.log)
    #expect(await store.write(note(1, "first", at: .zero)))
    // The event's number is taken: the disk refuses the transaction, and the account with it.
    var refused = note(1, "twice", at: .zero)
    refused.accounts = [account(rn1)]
    #expect(await store.write(refused) == false)
    #expect(try await History(path: folder.log).accounts().isEmpty)
  }

  @Test func `are nobody else's to read`() throws {
    let store = try Store(path: folder.log)
    let mode = try FileManager.default.attributesOfItem(atPath: folder.log)[.posixPermissions]
    #expect((mode as? Int).map { $0 & 0o007 } == 0)
    withExtendedLifetime(store) {}
  }

  @Test func `a log that is open is in use, one that is closed or missing is not`() async throws {
    #expect(!Store.isInUse(path: folder.log))
    let store = try Store(path: folder.log)
    #expect(Store.isInUse(path: folder.log))
    withExtendedLifetime(store) {}
  }

  /// Whoever gave the commands of a session was on the staff then.
  @Test func `the staff of an instant is what a daemon began with and what has changed`()
    async throws
  {
    let store = try Store(path: folder.log)
    func begin(_ seconds: Int, _ staff: String) {
      store.begin(
        Run(
          boot: "b", boottimeNanoseconds: 0, instant: .seconds(seconds),
          wall: WallTime(milliseconds: 0), speed: 1, software: "x", policyID: "p", staff: staff))
    }
    func change(_ number: Int64, _ seconds: Int, _ user: String, _ role: Role?) -> Batch {
      var batch = Batch()
      batch.events = [
        Batch.Event(
          sequence: number, at: .seconds(seconds), wall: WallTime(milliseconds: 0), chair: .ward,
          event: .audit(.staffChanged(StaffID(user)!, role)))
      ]
      return batch
    }
    let history = try History(path: folder.log)
    #expect(try await history.roster(before: .seconds(5)) == nil)
    begin(10, "rn1=rn md1=prescriber")
    #expect(await store.write(change(1, 20, "rn2", .rn)))
    #expect(await store.write(change(2, 30, "rn1", nil)))
    begin(40, "rn2=rn")
    #expect(await store.write(change(3, 50, "rn2", .assistant)))
    let expected: [(Int, String)] = [
      (15, "md1=prescriber rn1=rn"), (20, "md1=prescriber rn1=rn"),
      (21, "md1=prescriber rn1=rn rn2=rn"), (31, "md1=prescriber rn2=rn"), (45, "rn2=rn"),
      (51, "rn2=assistant"),
    ]
    for (second, staff) in expected {
      let roster = try #require(try await history.roster(before: .seconds(second)))
      #expect(PlanText.staff(roster) == staff, "\(second)")
    }
  }
}
