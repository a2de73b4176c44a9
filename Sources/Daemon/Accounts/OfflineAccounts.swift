public import Monitoring
public import Settings
import Station
public import Store
import Vitals

/// The accounts of a log whose daemon does not run: whoever may write the file administers them.
public struct OfflineAccounts: Sendable {
  private let store: Store
  private let desk: AccountDesk
  private let ledger: QuietLedger
  private let clock: WardClock

  /// Opens the log, which must exist unless it is to be made.
  ///
  /// - Parameter settings: whose people come along with the first administrator.
  /// - Throws: ``StoreError``; `inUse` when a daemon runs on this log.
  public init(log path: String, settings: Settings?) async throws(StoreError) {
    store = try Store(path: path)
    let history = try History(path: path)
    let book = AccountBook(try await history.accounts())
    ledger = try await QuietLedger(store, history)
    clock = WardClock(from: try await history.lastInstant() ?? .zero, at: 1)
    desk = AccountDesk(
      book: book, seed: settings?.accountSeed ?? [], fallback: settings?.roster(book) ?? .standard,
      ledger: ledger, clock: clock, setup: nil)
  }

  /// What came of an order.
  public enum Answer: Sendable {
    /// The accounts that are concerned, in the JSON of the API.
    case done(String)
    case refused(AccountRefusal)
    /// The disk did not take it.
    case notWritten
  }

  /// Carries out an order, and closes the log.
  public func carryOut(_ order: AccountOrder) async -> Answer {
    let result = await desk.administer(order)
    await store.close()
    guard await ledger.isDurable else { return .notWritten }
    switch result {
    case .success(let concerned):
      return .done(AccountList(concerned.accounts, at: clock.now, wall: WardClock.wall).json)
    case .failure(let refusal): return .refused(refusal)
    }
  }

  /// The setup code that a running daemon has written beside its log; `nil` where there is none or
  /// it is not for us to read.
  public static func setupCode(beside log: String, read: (String) -> String?) -> String? {
    read(SetupCode.path(beside: log))
  }
}
