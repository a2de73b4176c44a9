import Monitoring
import Testing
import Vitals

private let rn1 = StaffID("rn1")!
private let boss = StaffID("boss")!
private let stamp = Account.Stamp(at: WallTime(milliseconds: 1_773_500_351_000), by: .system)
private let later = Account.Stamp(at: WallTime(milliseconds: 1_773_600_000_000), by: boss)

private func account(_ id: StaffID, _ roles: Role..., hasSecret: Bool = true) -> Account {
  Account(
    id: id, name: "Somebody", roles: roles,
    credential: hasSecret
      ? Account.Credential(kind: .pin, hash: "scrypt", setAt: stamp.at) : nil,
    created: stamp)
}

@Suite struct `A secret` {
  @Test(arguments: [
    ("135790", SecretKind.pin, SecretRules.Weakness?.none), ("000001", .pin, nil),
    ("12345", .pin, .pinTooShort), ("", .pin, .pinTooShort), ("000000", .pin, .monotonous),
    ("123456", .pin, .monotonous), ("87654321", .pin, .monotonous), ("123457", .pin, nil),
    ("correct horse", .password, nil), ("Größe 12", .password, nil),
    ("seven7c", .password, .passwordTooShort), ("12345a", .password, .passwordTooShort),
    ("abcdefgh", .password, .monotonous), ("aaaaaaaa", .password, .monotonous),
    ("my RN1 word", .password, .containsUserName), ("tab\tinside", .password, .notTypeable),
    ("line\ninside", .password, .notTypeable), ("nul\u{0}inside", .password, .notTypeable),
    // Digits of another script are no PIN.
    ("٠١٢٣٤٥", .password, .passwordTooShort),
  ])
  func `is long enough and not the first guess`(
    secret: String, kind: SecretKind, weakness: SecretRules.Weakness?
  ) {
    #expect(SecretRules.kind(of: secret) == kind)
    var found: SecretRules.Weakness?
    do throws(SecretRules.Weakness) { try SecretRules.check(secret, of: rn1) } catch {
      found = error
    }
    #expect(found == weakness)
  }

  @Test func `has an end`() {
    #expect(throws: Never.self) {
      try SecretRules.check(String(repeating: "ab", count: 64), of: rn1)
    }
    #expect(throws: SecretRules.Weakness.tooLong) {
      try SecretRules.check(String(repeating: "ab", count: 64) + "c", of: rn1)
    }
  }

  @Test(arguments: [
    CommandName.sign, .transfer, .leaveAMA, .holdCleared, .waive, .alarmOff, .reopenClinical,
    .addendum,
  ])
  func `is asked for by what binds a person`(name: CommandName) {
    #expect(name.secretDemand == .always)
  }

  @Test func `is not asked for where seconds count, and of a prescriber beyond a nurse's right`() {
    for name in [CommandName.acknowledge, .stopRequested, .nibpAbort, .doseEnd, .audioPause] {
      #expect(name.secretDemand == .never)
    }
    #expect(CommandName.setLimit.secretDemand.asks(.prescriber))
    #expect(!CommandName.setLimit.secretDemand.asks(.rn))
    #expect(CommandName.sign.secretDemand.asks(nil))
  }
}

@Suite struct `Lock-out` {
  @Test func `comes with the fifth failure in a row, for a quarter of an hour`() {
    var one = account(rn1, .rn)
    for second in 1...4 {
      let isLockedNow = one.countFailure(at: .seconds(second))
      #expect(!isLockedNow)
      #expect(!one.isLocked(at: .seconds(second)))
    }
    let isLockedNow = one.countFailure(at: .seconds(5))
    #expect(isLockedNow)
    #expect(one.isLocked(at: .seconds(5)))
    #expect(one.isLocked(at: .seconds(5 + 900) - .milliseconds(1)))
    #expect(!one.isLocked(at: .seconds(5 + 900)))
  }

  @Test func `is not made longer by who goes on trying, and begins anew after it`() {
    var one = account(rn1, .rn)
    for _ in 1...5 { _ = one.countFailure(at: .seconds(1)) }
    let isLockedAgain = one.countFailure(at: .seconds(600))
    #expect(!isLockedAgain)
    #expect(one.lockedUntil == .seconds(901))
    for number in 1...4 {
      let isLockedNow = one.countFailure(at: .seconds(901))
      #expect(!isLockedNow)
      #expect(one.failures == number)
    }
    let isLockedNow = one.countFailure(at: .seconds(902))
    #expect(isLockedNow)
  }

  @Test func `is undone by a right secret or an administrator`() {
    var book = AccountBook([account(rn1, .rn), account(boss, .admin)])
    for _ in 1...4 {
      let failed = book.note(isRight: false, of: rn1, at: .zero)
      #expect(!failed.isLockedNow)
    }
    let right = book.note(isRight: true, of: rn1, at: .zero)
    #expect(right.changed?.failures == 0)
    let again = book.note(isRight: true, of: rn1, at: .zero)
    #expect(again.changed == nil, "nothing to write down")
    for number in 1...5 {
      let failed = book.note(isRight: false, of: rn1, at: .zero)
      #expect(failed.isLockedNow == (number == 5))
    }
    #expect(book[rn1]?.isLocked(at: .seconds(1)) == true)
    _ = try? book.change(rn1, .unlock, later)
    #expect(book[rn1]?.isLocked(at: .seconds(1)) == false)
    #expect(book[rn1]?.changed == later)
  }

  @Test func `of a name that nobody has is nothing`() {
    var book = AccountBook([account(boss, .admin)])
    let failed = book.note(isRight: false, of: rn1, at: .zero)
    #expect(failed.changed == nil)
    #expect(book.all.count == 1)
  }
}

@Suite struct `A book of accounts` {
  @Test func `gives a name to one person for ever`() throws {
    var book = AccountBook([account(rn1, .rn), account(boss, .admin)])
    _ = try book.change(rn1, .disable, later)
    #expect(throws: AccountBook.Problem.exists) { try book.add(account(rn1, .rn)) }
    #expect(book[rn1]?.disabled == later)
    #expect(throws: AccountBook.Problem.reservedName) { try book.add(account(.system, .rn)) }
  }

  @Test func `refuses roles and names that are none`() {
    var book = AccountBook()
    #expect(throws: AccountBook.Problem.badRoles) { try book.add(account(rn1)) }
    #expect(throws: AccountBook.Problem.badRoles) { try book.add(account(rn1, .rn, .system)) }
    for name in ["", "two\nlines", String(repeating: "x", count: 81)] {
      let one = Account(id: rn1, name: name, roles: [.rn], created: stamp)
      #expect(throws: AccountBook.Problem.badPrintedName) { try book.add(one) }
    }
    #expect(book.isEmpty)
  }

  @Test func `always keeps somebody who can administer it`() throws {
    var book = AccountBook([account(boss, .admin), account(rn1, .rn)])
    #expect(throws: AccountBook.Problem.lastAdministrator) {
      try book.change(boss, .disable, later)
    }
    #expect(throws: AccountBook.Problem.lastAdministrator) {
      try book.change(boss, .roles([.rn]), later)
    }
    #expect(book[boss]?.isEnabled == true)
    _ = try book.change(rn1, .roles([.admin, .rn]), later)
    _ = try book.change(boss, .disable, later)
    #expect(book.roster.role(of: boss) == nil)
    #expect(throws: AccountBook.Problem.noSuchUser) {
      try book.change(StaffID("eve")!, .enable, later)
    }
  }

  @Test func `lends the ward the clinical role of who is enabled`() throws {
    var book = AccountBook([
      account(rn1, .admin, .rn), account(boss, .admin),
      account(StaffID("md1")!, .admin, .prescriber),
    ])
    #expect(
      book.roster == Roster([rn1: .rn, boss: .admin, StaffID("md1")!: .prescriber]))
    _ = try book.change(rn1, .disable, later)
    #expect(book.roster.role(of: rn1) == nil)
    _ = try book.change(rn1, .enable, later)
    #expect(book.roster.role(of: rn1) == .rn)
  }

  @Test func `a new secret unlocks and is of now`() throws {
    var book = AccountBook([account(rn1, .rn, hasSecret: false)])
    #expect(!book.hasSecrets)
    for _ in 1...5 { _ = book.note(isRight: false, of: rn1, at: .zero) }
    let fresh = Account.Credential(kind: .password, hash: "x", setAt: later.at)
    let changed = try book.change(rn1, .credential(fresh), later)
    #expect(changed.credential == fresh && changed.failures == 0 && changed.lockedUntil == nil)
    #expect(book.hasSecrets)
  }

  @Test func `an order tells nobody its secrets`() {
    let orders = [
      AccountOrder(.initialise(rn1, name: "N", newSecret: "135790", code: "ABCD"), by: boss),
      AccountOrder(
        .add(rn1, name: "N", roles: [.rn], newSecret: "135790"), by: boss, secret: "246813"),
      AccountOrder(.setSecret(rn1, newSecret: "135790"), by: boss, secret: "246813"),
    ]
    for order in orders {
      for secret in ["135790", "246813", "ABCD"] {
        #expect(!"\(order) \(order.action)".contains(secret))
      }
    }
  }

  @Test func `a roster says what makes it another`() {
    let before = Roster([rn1: .rn, boss: .admin])
    let after = Roster([rn1: .prescriber, StaffID("rn9")!: .rn])
    let changes = before.changes(to: after)
    #expect(changes.map(\.id.name) == ["boss", "rn1", "rn9"])
    #expect(changes.map(\.role) == [nil, .prescriber, .rn])
    var made = before
    for (id, role) in changes { made.set(role, of: id) }
    #expect(made == after)
  }
}
