import Logging
import Monitoring
import Settings
import Store
import Vitals
import Ward

/// What a daemon begins with: the log, and what it says of the past.
struct Beginning {
  let store: Store
  let history: History
  let book: AccountBook
  let plan: WardPlan
  let recovery: Recovery
  /// The start before this one; `nil` for a new log.
  let lastRun: Run?
  /// The file that was in the log's place, and could not be gone on with.
  let setAside: SetAside?

  /// Opens the log of a daemon.
  ///
  /// A file that is damaged is set aside, whether that is seen at once or where it is read, and the
  /// ward begins anew: nobody is left unwatched for the sake of the past.
  init(_ daemon: Daemon) async throws(StoreError) {
    let complain: @Sendable (String) -> Void = { [logger = daemon.logger] in logger.error("\($0)") }
    var (store, setAside) = try Store.takeUp(path: daemon.settings.storePath, complain: complain)
    await Self.takeOver(setAside, store)
    do throws(StoreError) {
      do throws(StoreError) {
        try await self.init(daemon, store, setAside)
      } catch .damaged {
        // What a disk fails to read once looks the same as what it cannot read.
        try await self.init(daemon, store, setAside)
      }
    } catch .damaged(_, let reason) {
      (store, setAside) = try await store.replaced(because: reason)
      await Self.takeOver(setAside, store)
      try await self.init(daemon, store, setAside)
    }
    for complaint in recovery.complaints { complain(complaint) }
    guard let setAside = self.setAside else { return }
    complain(
      """
      \(daemon.settings.storePath) cannot be gone on with (\(setAside.reason)); it lies untouched as \
      \(setAside.path), and a new log begins; accounts taken over: \(setAside.accounts.count); \
      sessions that must be begun anew: \(setAside.chairs.map(\.name).joined(separator: " "))
      """)
  }

  /// Lets people in again who had accounts in the file that was set aside.
  private static func takeOver(_ setAside: SetAside?, _ store: Store) async {
    guard let accounts = setAside?.accounts, !accounts.isEmpty else { return }
    var batch = Batch()
    batch.accounts = accounts
    _ = await store.appended(batch)
  }

  private init(
    _ daemon: Daemon, _ store: Store, _ setAside: SetAside?
  ) async throws(StoreError) {
    self.store = store
    self.setAside = setAside
    history = try History(path: daemon.settings.storePath, reach: store.reach)
    book = AccountBook(try await history.accounts())
    plan = daemon.plan(of: book)
    recovery = try await Recovery(plan: plan, history: history)
    lastRun = try await history.lastRun()
  }
}
