import DispatchKit
import Monitoring
import Secrets
import Vitals
import Ward

/// Knows who everybody is: checks secrets, counts failures, changes accounts.
///
/// Has a queue of its own, since a hash takes a tenth of a second by design: neither the ward nor
/// the tasks of the station ever wait for one that is not theirs.
actor AccountDesk: QueueActor {
  nonisolated let executor = SerialQueueExecutor(label: "accounts")
  private var book: AccountBook
  /// Who may give commands while there are no accounts, from the configuration.
  private let seed: [Account]
  private let fallback: Roster
  private let ledger: any AccountLedger
  private let clock: WardClock
  private let cost: SecretHash.Cost
  /// Hashed against when there is nothing to compare, so that nobody learns by the time which
  /// names exist.
  private let decoy: SecretHash
  private let setup: SetupCode?

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
    decoy = SecretHash(of: Randomness.code(), cost: cost)
  }

  private var roster: Roster { book.isEmpty ? fallback : book.roster }

  // MARK: - Commands

  /// What a command that may go to the ward takes along.
  struct Admission: Sendable {
    /// What goes on record before the command.
    var note: AccountNote?
    var accounts: [Account] = []
  }

  /// Whether a command may go to the ward.
  ///
  /// One that needs no secret never waits for one that does: acknowledging an alarm must not stand
  /// in line behind a hash.
  nonisolated func admit(
    _ command: CommandName, of chair: ChairID, by user: StaffID, secret: String?
  ) async -> Result<Admission, Refusal> {
    if user != .system, command.secretDemand == .never { return .success(Admission()) }
    return await check(command, of: chair, by: user, secret: secret)
  }

  /// Carries out a command, if it is admitted.
  nonisolated func submit(
    _ command: Command, of chair: ChairID, by user: StaffID, secret: String?, to ward: WardActor
  ) async -> Refusal? {
    switch await admit(command.name, of: chair, by: user, secret: secret) {
    case .success(let admission):
      await ward.submit(command, of: chair, by: user, admission)
    case .failure(let refusal): refusal
    }
  }

  private func check(
    _ command: CommandName, of chair: ChairID, by user: StaffID, secret: String?
  ) async -> Result<Admission, Refusal> {
    // The software's own name is nobody's.
    guard user != .system else {
      let note = AccountNote.loginFailed(by: nil, for: command, why: .unknown, failures: 0)
      await ledger.record([.account(chair, note)], [])
      return .failure(Refusal(.unknownStaff))
    }
    guard command.secretDemand.asks(roster.role(of: user)) else { return .success(Admission()) }
    switch verify(user, secret) {
    case .success(let changed):
      return .success(
        Admission(
          note: .authenticated(by: user, for: command, factors: factors(of: user)),
          accounts: changed))
    case .failure(let failure):
      await note(failure, of: user, for: command, at: chair)
      return .failure(Refusal(failure.why.reason))
    }
  }

  // MARK: - Logins

  private struct Failure: Error {
    let why: LoginFailure
    var isLockedNow = false
    var changed: [Account] = []
  }

  /// Compares a secret.
  ///
  /// Returns the account if this has changed it.
  private func verify(_ user: StaffID, _ secret: String?) -> Result<[Account], Failure> {
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
    let isRight = (hash ?? decoy).matches(secret) && hash != nil
    guard let account else { return .unknown }
    guard account.isEnabled else { return .disabled }
    guard account.credential != nil else { return .noAccount }
    return isRight ? nil : .wrong
  }

  private func factors(of user: StaffID) -> [AccountNote.Factor] {
    [.userId] + (book[user]?.credential.map { [$0.kind == .pin ? .pin : .password] } ?? [])
  }

  private func note(
    _ failure: Failure, of user: StaffID, for command: CommandName?, at chair: ChairID
  ) async {
    let known = book[user] != nil || roster.role(of: user) != nil
    var inputs = [
      WardInput.account(
        chair,
        .loginFailed(
          by: known ? user : nil, for: command, why: failure.why,
          failures: book[user]?.failures ?? 0))
    ]
    if failure.isLockedNow {
      let seconds = Int(Account.lockOut.components.seconds)
      inputs.append(.account(.ward, .lockedOut(user, seconds: seconds)))
    }
    await ledger.record(inputs, failure.changed)
  }

  // MARK: - Administration

  /// Lists or changes accounts.
  ///
  /// Returns those that are concerned.
  func administer(_ order: AccountOrder) async -> Result<[Account], AccountRefusal> {
    if case .initialise(let user, let name, let newSecret, let code) = order.action {
      return await initialise(user, name, newSecret, code)
    }
    var inputs: [WardInput] = []
    var changed: [Account] = []
    if let refusal = await authorise(order, &inputs, &changed) { return .failure(refusal) }
    let concerned: [Account]
    let before = roster
    let by = order.by ?? .system
    do throws(AccountBook.Problem) {
      if let (account, note) = try carryOut(order.action, by: by) {
        (concerned, changed) = ([account], changed.filter { $0.id != account.id } + [account])
        inputs.append(.account(.ward, note))
      } else {
        concerned = book.all
      }
    } catch {
      await ledger.record(inputs, changed)
      return .failure(.problem(error))
    }
    inputs += before.changes(to: roster).map { .staff($0.id, $0.role) }
    await ledger.record(inputs, changed)
    return .success(concerned)
  }

  /// Whether who asks may; access to the file is proof enough without a station.
  private func authorise(
    _ order: AccountOrder, _ inputs: inout [WardInput], _ changed: inout [Account]
  ) async -> AccountRefusal? {
    guard setup != nil else { return nil }
    guard let user = order.by else { return .login(.authentication) }
    switch verify(user, order.secret) {
    case .failure(let failure):
      await note(failure, of: user, for: nil, at: .ward)
      return .login(failure.why.reason)
    case .success(let accounts):
      changed = accounts
      guard order.isOwnSecret || book[user]?.roles.contains(.admin) == true else {
        await note(
          Failure(why: .notAdministrator, changed: accounts), of: user, for: nil, at: .ward)
        return .login(.notYourRole)
      }
      let note = AccountNote.authenticated(by: user, for: nil, factors: factors(of: user))
      inputs = [.account(.ward, note)]
      return nil
    }
  }

  /// Changes the book; `nil` when there was nothing to change.
  private func carryOut(
    _ action: AccountOrder.Action, by: StaffID
  ) throws(AccountBook.Problem) -> (Account, AccountNote)? {
    let edit: AccountBook.Edit
    let subject: StaffID
    var roles: [Role] = []
    switch action {
    case .list, .initialise: return nil
    case .add(let user, let name, let wanted, let newSecret):
      let account = try make(user, name, wanted, newSecret, by: by)
      try book.add(account)
      return (account, .changed(user, .added, roles: account.roles, by: by))
    case .setRoles(let user, let wanted):
      (subject, edit, roles) = (user, .roles(wanted), wanted)
    case .setSecret(let user, let newSecret):
      (subject, edit) = (user, .credential(try credential(newSecret, of: user)))
    case .disable(let user): (subject, edit) = (user, .disable)
    case .enable(let user): (subject, edit) = (user, .enable)
    case .unlock(let user): (subject, edit) = (user, .unlock)
    }
    let account = try book.change(subject, edit, stamp(by))
    return (
      account, .changed(subject, edit.name, roles: roles.isEmpty ? [] : account.roles, by: by)
    )
  }

  private func initialise(
    _ user: StaffID, _ name: String, _ newSecret: String, _ code: String?
  ) async -> Result<[Account], AccountRefusal> {
    do throws(AccountBook.Problem) {
      guard book.isEmpty else { throw .alreadySetUp }
      if let setup, !setup.accepts(code) { throw .setupCode }
      let roles = [.admin] + (seed.first { $0.id == user }?.roles ?? [])
      var fresh = AccountBook()
      let first = try make(user, name, roles, newSecret, by: user)
      try fresh.add(first)
      for account in seed where fresh[account.id] == nil { try fresh.add(account) }
      let before = roster
      book = fresh
      setup?.used()
      let notes = book.all.map { account in
        WardInput.account(
          .ward, .changed(account.id, .added, roles: account.roles, by: account.created.by))
      }
      let staff = before.changes(to: roster).map { WardInput.staff($0.id, $0.role) }
      await ledger.record(notes + staff, book.all)
      return .success([first])
    } catch {
      if error == .setupCode {
        let note = AccountNote.loginFailed(by: nil, for: nil, why: .wrong, failures: 0)
        await ledger.record([.account(.ward, note)], [])
      }
      return .failure(.problem(error))
    }
  }

  private func make(
    _ user: StaffID, _ name: String, _ roles: [Role], _ newSecret: String?, by: StaffID
  ) throws(AccountBook.Problem) -> Account {
    // Not hashed before it is known to be of use.
    guard book[user] == nil else { throw .exists }
    var made = Account(id: user, name: name, roles: roles, created: stamp(by))
    if let newSecret { made.credential = try credential(newSecret, of: user) }
    return made
  }

  private func credential(
    _ secret: String, of user: StaffID
  ) throws(AccountBook.Problem) -> Account.Credential {
    do throws(SecretRules.Weakness) {
      try SecretRules.check(secret, of: user)
    } catch {
      throw .weak(error)
    }
    return Account.Credential(
      kind: SecretRules.kind(of: secret), hash: SecretHash(of: secret, cost: cost).description,
      setAt: WardClock.wall)
  }

  private func stamp(_ by: StaffID) -> Account.Stamp { Account.Stamp(at: WardClock.wall, by: by) }
}
