import ArgumentParser

/// `chairside account`: who may do what, and how he proves it.
struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Make and change the accounts of the people who work here.",
    discussion: """
      With --db or --config and no daemon running, access to the log is proof enough. While the \
      daemon runs everything goes through it, and an administrator says who he is with --by and \
      his PIN or password. Secrets are asked for on the terminal without echo; scripts give them \
      on standard input, one a line: first your own (if the daemon runs), then the new one.
      """,
    subcommands: [
      AccountInit.self, AccountAdd.self, AccountList.self, AccountRole.self, AccountPasswd.self,
      AccountDisable.self, AccountEnable.self, AccountUnlock.self,
    ])
}
