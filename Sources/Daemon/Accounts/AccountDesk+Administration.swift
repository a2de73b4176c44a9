import Monitoring
import Secrets
import Vitals
import Ward

/// What administrators, and people with their own secrets, do to the accounts.
extension AccountDesk {
  /// The accounts that an order was about, and whether the log holds what it did.
  struct Concerned {
    let accounts: [Account]
    let isDurable: Bool
  }

  /// Lists or changes accounts.
  ///
  /// Returns those that are concerned.
  func administer(_ order: AccountOrder) async -> Result<Concerned, AccountRefusal> {
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
    let isDurable = await ledger.record(inputs, changed)
    return .success(Concerned(accounts: concerned, isDurable: isDurable))
  }

  /// Whether who asks may; access to the file is proof enough without a station.
  private func authorise(
    _ order: AccountOrder, _ inputs: inout [WardInput], _ changed: inout [Account]
  ) async -> AccountRefusal? {
    guard setup != nil else { return nil }
    guard let user = order.by else { return .login(.authentication) }
    switch verify(user, order.secret) {
    case .failure(let failure):
      await note(failure, of: user, for: .accounts, at: .ward)
      return .login(failure.why.reason)
    case .success(let accounts):
      changed = accounts
      guard order.isOwnSecret || book[user]?.roles.contains(.admin) == true else {
        await note(
          Failure(why: .notAdministrator, changed: accounts), of: user, for: .accounts, at: .ward)
        return .login(.notYourRole)
      }
      let note = AccountNote.authenticated(by: user, for: .accounts, factors: factors(of: user))
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
  ) async -> Result<Concerned, AccountRefusal> {
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
      let isDurable = await ledger.record(notes + staff, book.all)
      return .success(Concerned(accounts: [first], isDurable: isDurable))
    } catch {
      if error == .setupCode {
        let note = AccountNote.loginFailed(by: nil, for: .accounts, why: .wrong, failures: 0)
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
