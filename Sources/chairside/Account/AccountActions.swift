import ArgumentParser
import Monitoring
import Vitals

/// `chairside account init`: the first administrator.
struct AccountInit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make the first administrator of a clinic without accounts.",
    discussion: """
      While the daemon runs this needs the code that it wrote to the file DB.setup-code beside its \
      log. The people that the configuration names (--config) become accounts without secrets.
      """)

  @OptionGroup var office: AccountOffice
  @Option(help: "The administrator's user name: letters, digits, - and _, at most 15.")
  var user: String
  @Option(help: "The printed name, as signatures show it.")
  var name: String
  @Option(help: "The setup code; without it, read from its file or asked for.")
  var code: String?

  func run() async throws {
    let user = try AccountOffice.user(user)
    try await office.initialise(user, name: name, code: code)
  }
}

/// `chairside account add`: one more person.
struct AccountAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Make an account for one more person.",
    discussion: "A user name belongs to one person for ever. Let the person type the secret.")

  @OptionGroup var office: AccountOffice
  @Option(help: "The user name: letters, digits, - and _, at most 15.")
  var user: String
  @Option(help: "The printed name, as signatures show it.")
  var name: String
  @Option(
    parsing: .singleValue, help: "assistant, rn, prescriber, admin or biomed; may be given again.")
  var role: [String]
  @Flag(help: "Without a secret: the person can do what needs none, and not sign.")
  var withoutSecret = false

  func run() async throws {
    let (user, roles) = (try AccountOffice.user(user), try AccountOffice.roles(role))
    try await office.order(newSecretOf: withoutSecret ? nil : user) { newSecret in
      .add(user, name: name, roles: roles, newSecret: newSecret)
    }
  }
}

/// `chairside account list`.
struct AccountList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show every account: roles, age of the secret, locks.")

  @OptionGroup var office: AccountOffice

  func run() async throws { try await office.order { _ in .list } }
}

/// `chairside account role`.
struct AccountRole: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Give an account other roles.")

  @OptionGroup var office: AccountOffice
  @Argument(help: "The user name.")
  var user: String
  @Argument(help: "All roles from now on: assistant, rn, prescriber, admin, biomed.")
  var roles: [String]

  func run() async throws {
    let (user, roles) = (try AccountOffice.user(user), try AccountOffice.roles(roles))
    try await office.order { _ in .setRoles(user, roles) }
  }
}

/// `chairside account passwd`: a new secret, which also unlocks.
struct AccountPasswd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "passwd", abstract: "Set a PIN (6 digits or more) or password (8 characters).",
    discussion: "Without --by you set your own. It also unlocks the account.")

  @OptionGroup var office: AccountOffice
  @Argument(help: "The user name.")
  var user: String

  func run() async throws {
    let user = try AccountOffice.user(user)
    try await office.order(newSecretOf: user, byDefault: user) { newSecret in
      .setSecret(user, newSecret: newSecret ?? "")
    }
  }
}

/// One person, and how the account is reached.
struct AccountSubject: ParsableArguments {
  @OptionGroup var office: AccountOffice
  @Argument(help: "The user name.")
  var user: String
}

/// A verb that needs nothing but a person.
protocol AccountVerb: AsyncParsableCommand {
  var subject: AccountSubject { get }
  static func action(on user: StaffID) -> AccountOrder.Action
}

extension AccountVerb {
  func run() async throws {
    let user = try AccountOffice.user(subject.user)
    try await subject.office.order { _ in Self.action(on: user) }
  }
}

/// `chairside account disable`: somebody no longer works here.
struct AccountDisable: AccountVerb {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Close an account; its name stays taken.")

  @OptionGroup var subject: AccountSubject

  static func action(on user: StaffID) -> AccountOrder.Action { .disable(user) }
}

/// `chairside account enable`.
struct AccountEnable: AccountVerb {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Open a disabled account again, for the same person.")

  @OptionGroup var subject: AccountSubject

  static func action(on user: StaffID) -> AccountOrder.Action { .enable(user) }
}

/// `chairside account unlock`: after too many wrong secrets.
struct AccountUnlock: AccountVerb {
  static let configuration = CommandConfiguration(
    commandName: "unlock", abstract: "Unlock an account before its quarter of an hour is over.")

  @OptionGroup var subject: AccountSubject

  static func action(on user: StaffID) -> AccountOrder.Action { .unlock(user) }
}
