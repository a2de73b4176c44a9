import DispatchKit
import Monitoring
import Secrets
import Station
import Vitals
import Ward

/// Knows who everybody is: checks secrets, counts failures, changes accounts.
///
/// Has a queue of its own, since a hash takes a tenth of a second by design: neither the ward nor
/// the tasks of the station ever wait for one that is not theirs.
actor AccountDesk: QueueActor {
  nonisolated let executor = SerialQueueExecutor(label: "accounts")
  var book: AccountBook
  /// Who may give commands while there are no accounts, from the configuration.
  let seed: [Account]
  private let fallback: Roster
  let ledger: any AccountLedger
  private let clock: WardClock
  let cost: SecretHash.Cost
  /// Hashed against when there is nothing to compare, so that nobody learns by the time which
  /// names exist.
  private lazy var decoy = SecretHash(of: Randomness.code(), cost: cost)
  let setup: SetupCode?

  /// - Parameters:
  ///   - seed: people without secrets who come along with the first administrator.
  ///   - setup: what the first administrator must show; `nil` where access to the file is proof
  ///     enough, as it is for every other order, too.
  init(
    book: AccountBook, seed: [Account], fallback: Roster, ledger: any AccountLedger,
    clock: WardClock, setup: SetupCode?, cost: SecretHash.Cost = .standard
  ) {
    self.book = book
    self.seed = seed
    self.fallback = fallback
    self.ledger = ledger
    self.clock = clock
    self.setup = setup
    self.cost = cost
  }

  var roster: Roster { book.isEmpty ? fallback : book.roster }

  /// What a command that may go to the ward takes along.
  struct Admission: Sendable {
    /// What goes on record before the command.
    var note: AccountNote?
    var accounts: [Account] = []
  }

  /// A command that may not go to the ward, and whether the log holds that it was tried.
  struct Denial: Error {
    let refusal: Refusal
    let isDurable: Bool
  }

  /// Whether a command may go to the ward.
  ///
  /// One that needs no secret never waits for one that does: acknowledging an alarm must not stand
  /// in line behind a hash.
  nonisolated func admit(
    _ command: CommandName, of chair: ChairID, by user: StaffID, secret: String?
  ) async -> Result<Admission, Denial> {
    if user != .system, command.secretDemand == .never { return .success(Admission()) }
    return await check(command, of: chair, by: user, secret: secret)
  }

  /// Carries out a command, if it is admitted.
  nonisolated func submit(
    _ command: Command, of chair: ChairID, by user: StaffID, secret: String?, to ward: WardActor
  ) async -> CommandAnswer {
    switch await admit(command.name, of: chair, by: user, secret: secret) {
    case .success(let admission):
      await ward.submit(command, of: chair, by: user, admission)
    case .failure(let denial):
      CommandAnswer(refusal: denial.refusal, isDurable: denial.isDurable)
    }
  }

  private func check(
    _ command: CommandName, of chair: ChairID, by user: StaffID, secret: String?
  ) async -> Result<Admission, Denial> {
    // The software's own name is nobody's.
    guard user != .system else {
      let note = AccountNote.loginFailed(
        by: nil, for: .command(command), why: .unknown, failures: 0)
      let isDurable = await ledger.record([.account(chair, note)], [])
      return .failure(Denial(refusal: Refusal(.unknownStaff), isDurable: isDurable))
    }
    guard command.secretDemand.asks(roster.role(of: user)) else { return .success(Admission()) }
    switch verify(user, secret) {
    case .success(let changed):
      return .success(
        Admission(
          note: .authenticated(by: user, for: .command(command), factors: factors(of: user)),
          accounts: changed))
    case .failure(let failure):
      let isDurable = await note(failure, of: user, for: .command(command), at: chair)
      return .failure(Denial(refusal: Refusal(failure.why.reason), isDurable: isDurable))
    }
  }

  /// Somebody proves who he is to a station, to act there from now on.
  func enter(_ user: StaffID, secret: String?) async -> Result<Role, Refusal> {
    switch verify(user, secret) {
    case .success(let changed):
      guard let role = roster.role(of: user) else { return .failure(Refusal(.notYourRole)) }
      await ledger.record(
        [.account(.ward, .authenticated(by: user, for: .station, factors: factors(of: user)))],
        changed)
      return .success(role)
    case .failure(let failure):
      await note(failure, of: user, for: .station, at: .ward)
      return .failure(Refusal(failure.why.reason))
    }
  }

  struct Failure: Error {
    let why: LoginFailure
    var isLockedNow = false
    var changed: [Account] = []
  }

  /// Compares a secret.
  ///
  /// Returns the account if this has changed it.
  func verify(_ user: StaffID, _ secret: String?) -> Result<[Account], Failure> {
    let now = clock.now
    guard book.hasSecrets else { return .failure(Failure(why: .noAccount)) }
    guard book[user]?.isLocked(at: now) != true else { return .failure(Failure(why: .locked)) }
    let why = reasonAgainst(user, secret)
    let isCounted = why == .wrong || why == .missing || why == nil
    guard isCounted else { return .failure(Failure(why: why ?? .wrong)) }
    let (changed, isLockedNow) = book.note(isRight: why == nil, of: user, at: now)
    let rows = changed.map { [$0] } ?? []
    guard let why else { return .success(rows) }
    return .failure(Failure(why: why, isLockedNow: isLockedNow, changed: rows))
  }

  private func reasonAgainst(_ user: StaffID, _ secret: String?) -> LoginFailure? {
    let account = book[user]
    guard let secret, !secret.isEmpty else {
      return account == nil ? .unknown : account?.isEnabled == false ? .disabled : .missing
    }
    let hash = account?.credential.flatMap { SecretHash($0.hash) }
    // Made at the first login, whoever's it is.
    let decoy = decoy
    let isRight = (hash ?? decoy).matches(secret) && hash != nil
    guard let account else { return .unknown }
    guard account.isEnabled else { return .disabled }
    guard account.credential != nil else { return .noAccount }
    return isRight ? nil : .wrong
  }

  func factors(of user: StaffID) -> [AccountNote.Factor] {
    [.userId] + (book[user]?.credential.map { [$0.kind == .pin ? .pin : .password] } ?? [])
  }

  @discardableResult
  func note(
    _ failure: Failure, of user: StaffID, for purpose: AccountNote.Purpose, at chair: ChairID
  ) async -> Bool {
    let known = book[user] != nil || roster.role(of: user) != nil
    var inputs = [
      WardInput.account(
        chair,
        .loginFailed(
          by: known ? user : nil, for: purpose, why: failure.why,
          failures: book[user]?.failures ?? 0))
    ]
    if failure.isLockedNow {
      let seconds = Int(Account.lockOut.components.seconds)
      inputs.append(.account(.ward, .lockedOut(user, seconds: seconds)))
    }
    return await ledger.record(inputs, failure.changed)
  }
}
