import Foundation
import Glibc
import GRDB
import Records
import Vitals

/// The file `PATH.head` beside a log: where its chain ended a moment ago, signed.
///
/// Written at most once a second and when the log is closed, so that it costs the writer next to
/// nothing; what was committed since is not yet protected against being cut off.
struct HeadFile {
  static let interval = Duration.seconds(1)

  private let path: String
  private let key: SiteKey
  private var written: (number: Int64, at: ContinuousClock.Instant)?

  init(log: String, key: SiteKey) {
    path = Self.path(of: log)
    self.key = key
  }

  static func path(of log: String) -> String { log + ".head" }
  /// Where a head lies that the log contradicted when a daemon started: it is evidence.
  static func refusedPath(of log: String) -> String { log + ".head.refused" }

  /// How long to wait before the head may be written again; `nil` when it stands there already.
  func delay(for number: Int64) -> Duration? {
    guard let written else { return .zero }
    guard written.number != number else { return nil }
    return max(.zero, Self.interval - written.at.duration(to: .now))
  }

  /// Writes the head.
  ///
  /// A disk that refuses it is asked again with the next.
  mutating func write(_ head: (number: Int64, hash: ContentHash), isDurable: Bool) {
    let head = ChainHead(link: head.number, hash: head.hash, wall: .now)
    guard let text = head.text(signedBy: key) else { return }
    do {
      try TextFile.replace(path, text, mode: 0o644, isDurable: isDurable)
      written = (head.link, .now)
    } catch { written = (-1, .now) }
  }

  /// What the head that an earlier daemon left says against a log; keeps it when it does.
  func contradiction(_ database: Database, log: String) throws -> String? {
    guard access(path, F_OK) == 0, let text = try? TextFile.read(path) else { return nil }
    let complaint: String
    do {
      let head = try ChainHead(text, keys: [key.publicKey] + Self.keys(of: database))
      guard try !Self.holds(head, database) else { return nil }
      complaint = "the log does not hold link \(head.link), which its head file names"
    } catch ChainHead.Problem.unreadable {
      // Written and not finished when the power failed; it tells nothing, so it is no evidence.
      return
        "the head file of the log is \(ChainHead.Problem.unreadable); a new one takes its place"
    } catch let problem as ChainHead.Problem {
      complaint = "the head file of the log is \(problem)"
    }
    let refused = Self.refusedPath(of: log)
    if access(refused, F_OK) != 0 { rename(path, refused) }
    return "\(complaint); kept as \(refused); run chairside verify \(log)"
  }

  /// The keys that the log's runs have used, the newest first.
  static func keys(of database: Database) throws -> [SitePublicKey] {
    try String.fetchAll(
      database, sql: "SELECT site_key FROM run WHERE site_key <> '' ORDER BY id DESC"
    ).compactMap { SitePublicKey($0) }
  }

  /// Whether the log holds the link that a head names; nothing comes before the first.
  static func holds(_ head: ChainHead, _ database: Database) throws -> Bool {
    guard head.link > 0 else { return head.link == 0 && head.hash == .zero }
    let hash = try Data.fetchOne(
      database, sql: "SELECT hash FROM link WHERE seq = ?", arguments: [head.link])
    return hash.map { [UInt8]($0) } == head.hash.bytes
  }
}
