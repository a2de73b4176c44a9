import ArgumentParser
import Daemon
import Foundation
import Monitoring
import Settings
import Store
import Vitals

/// Where the accounts are: in the log of a stopped daemon, or behind a running one.
struct AccountOffice: ParsableArguments {
  @Option(help: "The daemon's log, used directly while no daemon runs.")
  var db: String?
  @Option(help: "The daemon's configuration, which names its log, port and staff.")
  var config: String?
  @Option(help: "The running daemon's TCP port on 127.0.0.1.")
  var port: Int?
  @Option(help: "Your own user name, when the daemon runs.")
  var by: String?
  @Flag(help: "JSON instead of a table.")
  var json = false

  /// Carries out one order, with whatever secrets it needs, and shows what came of it.
  func order(
    newSecretOf user: StaffID? = nil, byDefault: StaffID? = nil,
    _ action: (_ newSecret: String?) -> AccountOrder.Action
  ) async throws {
    let place = try place(mayMake: false)
    var (by, secret) = (try by.map(Self.user), String?.none)
    if case .daemon = place {
      by = by ?? byDefault
      guard let by else {
        throw ValidationError("the daemon runs; say who you are: --by USER")
      }
      secret = try SecretPrompt.ask("PIN or password of \(by): ")
    }
    let newSecret = try user.map { try SecretPrompt.askNew(of: $0) }
    try await send(AccountOrder(action(newSecret), by: by, secret: secret), to: place)
  }

  func initialise(_ user: StaffID, name: String, code: String?) async throws {
    let place = try place(mayMake: true)
    var code = code
    if case .daemon = place, code == nil {
      code = try setupCode() ?? SecretPrompt.ask("Setup code: ")
    }
    let newSecret = try SecretPrompt.askNew(of: user)
    try await send(
      AccountOrder(.initialise(user, name: name, newSecret: newSecret, code: code)), to: place)
  }

  private enum Place {
    case log(String, Settings?)
    case daemon(DaemonClient)
  }

  private func place(mayMake: Bool) throws -> Place {
    let settings = try config.map { try SettingsFile.read($0) }
    var client = DaemonClient()
    client.port = port ?? settings?.port ?? Settings.defaultPort
    guard let log = db ?? settings?.storePath, !Store.isInUse(path: log) else {
      return .daemon(client)
    }
    guard mayMake || FileManager.default.fileExists(atPath: log) else {
      Console.error("\(log): there is no such log; give the --db of the daemon")
      throw ExitCode.noInput
    }
    try refuseToMakeFilesOfRoot(log)
    return .log(log, settings)
  }

  /// What root makes in the service's folder, the service could not open.
  private func refuseToMakeFilesOfRoot(_ log: String) throws {
    let folder = URL(filePath: log).deletingLastPathComponent().path
    let path = FileManager.default.fileExists(atPath: log) ? log : folder
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard geteuid() == 0, let owner = attributes?[.ownerAccountID] as? Int, owner != 0 else {
      return
    }
    Console.error("\(path) belongs to another user; run this as that user: sudo -u '#\(owner)' …")
    throw ExitCode.noPermission
  }

  private func setupCode() throws -> String? {
    guard let log = try db ?? config.map({ try SettingsFile.read($0).storePath }) else {
      return nil
    }
    return OfflineAccounts.setupCode(beside: log) { path in
      (try? String(contentsOfFile: path, encoding: .utf8))?
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  private func send(_ order: AccountOrder, to place: Place) async throws {
    switch place {
    case .daemon(let client):
      try AccountTable.show(
        try await client.post("/api/v1/accounts", AccountRequest(order)), asJSON: json,
        isList: order.isList)
    case .log(let path, let settings):
      let answer: OfflineAccounts.Answer
      do {
        let accounts = try await OfflineAccounts(log: path, settings: settings)
        answer = await accounts.carryOut(order)
      } catch {
        Console.error("\(error)")
        throw ExitCode.unavailable
      }
      switch answer {
      case .done(let text):
        try AccountTable.show(Data(text.utf8), asJSON: json, isList: order.isList)
      case .refused(let refusal):
        Console.error("\(refusal.name): \(refusal.explanation)")
        throw ExitCode.badData
      case .notWritten:
        Console.error("\(path): the disk did not take it; nothing has changed")
        throw ExitCode.cannotCreate
      }
    }
  }

  static func user(_ name: String) throws -> StaffID {
    guard let user = StaffID(name) else {
      throw ValidationError("a user name has letters, digits, - and _, at most 15")
    }
    return user
  }

  static func roles(_ words: [String]) throws -> [Role] {
    try words.map { word in
      guard let role = Role(rawValue: word), role != .system else {
        throw ValidationError("“\(word)” is none of: assistant, rn, prescriber, admin, biomed")
      }
      return role
    }
  }
}

extension AccountOrder {
  fileprivate var isList: Bool { if case .list = action { true } else { false } }
}
