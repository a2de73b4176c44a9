import Logging
import Monitoring
import Settings
import Vitals

extension Daemon {
  /// Says in the journal how the first administrator comes to be.
  ///
  /// The code itself stays in its file: more people read journals than own the log.
  func announce(_ setup: SetupCode) {
    if let reason = setup.issue() {
      logger.error("no setup code could be written to \(setup.path): \(reason)")
      return
    }
    logger.notice(
      """
      there are no accounts, so nobody can sign; make the first administrator with the code in \
      \(setup.path): chairside account init --db \(settings.storePath) --user ID --name "…"
      """)
  }

  /// The printed names of the staff.
  func names(of book: AccountBook) -> [StaffID: String] {
    let names =
      book.isEmpty
      ? settings.staff.map { ($0.id, $0.name) } : book.all.map { ($0.id, $0.name) }
    return Dictionary(names, uniquingKeysWith: { first, _ in first })
  }

  /// The people of the configuration as accounts without secrets.
  var seed: [Account] { settings.accountSeed }
}

extension Settings {
  /// The people whom the configuration names, as accounts without secrets.
  ///
  /// They come along with the first administrator: nobody who works in a clinic stands before
  /// locked doors because it now has accounts.
  var accountSeed: [Account] {
    let stamp = Account.Stamp(at: WardClock.wall, by: .system)
    return staff.map {
      Account(id: $0.id, name: $0.name, roles: [$0.role], created: stamp)
    }
  }

  /// Who may give commands: whoever has an account, or without any whom the configuration names.
  func roster(_ book: AccountBook) -> Roster {
    guard book.isEmpty else { return book.roster }
    return staff.isEmpty ? .standard : roster
  }
}
