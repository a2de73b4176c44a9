import ArgumentParser
import Certificates
import Daemon
import Foundation
import Vitals

/// `chairside tls`: certificates, so that other machines may open the station.
struct TLSCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tls", abstract: "Make and show the certificates of the station.",
    discussion: """
      A clinic's network has no public authority to ask, so the station gets one of its own. Install \
      ca.pem in the browsers that open the station, after its fingerprint was compared.
      """,
    subcommands: [TLSInit.self, TLSRenew.self, TLSShow.self])
}

/// Which folder of certificates.
struct TLSFolderOption: ParsableArguments {
  @Option(help: "The folder of the certificates.")
  var folder = "/var/lib/chairside/tls"

  var value: TLSFolder { TLSFolder(path: folder) }

  /// Tells what is in the folder now.
  func show() throws {
    let summary = try Self.orEnd(.badData) { try value.summary() }
    Console.out("authority:   \(value.authority)")
    Console.out("fingerprint: \(summary.fingerprint)")
    Console.out("until:       \(Self.date(summary.authorityEndsAt))")
    Console.out("station:     \(summary.names.joined(separator: ", "))")
    Console.out("until:       \(Self.date(summary.endsAt))")
  }

  /// Does it, or says why not and ends with a status.
  static func orEnd<Value>(_ code: ExitCode, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      Console.error("\(error)")
      throw code
    }
  }

  static var now: Int64 { WardClock.wall.milliseconds / 1000 }

  private static func date(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601.year().month().day())
  }
}

/// `chairside tls init`: an authority and the first certificate.
struct TLSInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make an authority of the clinic's own, and a certificate.",
    discussion: """
      Then name the folder in the configuration: tls: {folder: /var/lib/chairside/tls}. The key of the \
      authority (ca.key) is needed only to renew; keep it elsewhere if you can.
      """)

  @OptionGroup var folder: TLSFolderOption
  @Option(
    parsing: .singleValue,
    help: "A host name or address by which the station is opened; may be given again.")
  var name: [String]
  @Option(help: "The clinic, as the certificate shows it.")
  var site = "Clinic"

  func run() throws {
    guard !name.isEmpty else { throw ValidationError("name the station: --name wall.clinic.lan") }
    try TLSFolderOption.orEnd(.cannotCreate) {
      try folder.value.create(for: name, site: site, at: TLSFolderOption.now)
    }
    try folder.show()
  }
}

/// `chairside tls renew`: a new certificate by the same authority.
struct TLSRenew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew", abstract: "Make a new certificate by the same authority.",
    discussion:
      "It is used from the daemon's next start. Browsers that trust the authority notice nothing.")

  @OptionGroup var folder: TLSFolderOption
  @Option(parsing: .singleValue, help: "Other names than those of the last certificate.")
  var name: [String] = []

  func run() throws {
    try TLSFolderOption.orEnd(.cannotCreate) {
      try folder.value.renew(for: name, at: TLSFolderOption.now)
    }
    try folder.show()
  }
}

/// `chairside tls show`: names, ends and the fingerprint.
struct TLSShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show names, ends and the fingerprint.")

  @OptionGroup var folder: TLSFolderOption

  func run() throws { try folder.show() }
}
