import ArgumentParser
import Foundation
import Records
import Store

/// `chairside verify`: whether a log or a bundle is still what was written.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a log or a bundle for anything changed, missing, inserted or moved.",
    discussion: """
      Needs nothing but the file: for a log also PATH.head beside it, or a link's hash that was noted \
      elsewhere. Whoever holds the site's key and the whole disk can write another history; compare \
      the key's fingerprint and note the head's hash where they cannot (docs/records.md).
      Ends with 0 when all is as it was written, 2 with findings, 65 when this is no such file.
      """)

  @Argument(help: "A log (.db) or a bundle (.chairside).")
  var file: String

  @Option(help: "For a log: the hash of a link, as noted at some time, that it must still hold.")
  var head: String?

  @Option(
    help: ArgumentHelp(
      "For a bundle: a file with the site's key in PEM (PATH.pub) that must have signed it.",
      discussion: "Twice for a site that has replaced its key."))
  var key: [String] = []

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let start = try Console.start(of: file, count: 512)
    let report: VerifyReport
    if start.starts(with: Data("SQLite format 3\u{0}".utf8)) {
      report = VerifyReport(try log())
    } else if BundleVerification.isBundle([UInt8](start)) {
      report = VerifyReport(try bundle())
    } else {
      Console.error("\(file): is neither a log nor a bundle of chairside")
      throw ExitCode.badData
    }
    if json {
      Console.out(report.json(file: file))
    } else {
      report.lines.forEach { Console.out("\(file): \($0)") }
    }
    if !report.findings.isEmpty { throw ExitCode.finding }
  }

  private func log() throws -> LogVerification {
    var noted: ContentHash?
    if let head {
      guard let hash = ContentHash(hex: head) else {
        throw ValidationError("--head takes the 64 hexadecimal digits of a link's hash")
      }
      noted = hash
    }
    return try Console.badData { try LogVerification(path: file, noted: noted) }
  }

  private func bundle() throws -> BundleVerification {
    let trusted = try key.map { path in
      try Console.badData { try SiteKeyFile.readPublic(path) }
    }
    return BundleVerification([UInt8](try Console.bytes(file)), trusting: trusted)
  }
}
