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
  private var written: (ends: [Int64], at: ContinuousClock.Instant)?
  /// Which file of the site this log is.
  private(set) var epoch: Int64 = 1

  init(log: String, key: SiteKey) {
    path = Self.path(of: log)
    self.key = key
  }

  static func path(of log: String) -> String { log + ".head" }
  /// Where a head lies that the log contradicted when a daemon started: it is evidence.
  static func refusedPath(of log: String) -> String { log + ".head.refused" }

  /// Where a restored log finds what its epoch must be at least.
  static func epochPath(of log: String) -> String { log + ".epoch" }

  /// Lets the log that comes after this one count its epoch on: its numbers are given again.
  static func countOn(log: String) {
    guard let text = try? TextFile.read(path(of: log)),
      let epoch = JSONValue(text)?["epoch"]?.integer
    else { return }
    try? TextFile.replace(epochPath(of: log), "\(epoch + 1)", mode: 0o644, isDurable: true)
  }

  /// How long to wait before the head may be written again; `nil` when it stands there already.
  func delay(for writer: LogWriter) -> Duration? {
    guard let written else { return .zero }
    guard written.ends != Self.ends(of: writer) else { return nil }
    return max(.zero, Self.interval - written.at.duration(to: .now))
  }

  /// Writes the head.
  ///
  /// A disk that refuses it is asked again with the next.
  mutating func write(_ writer: LogWriter, isDurable: Bool) {
    let (number, hash) = writer.chain.head
    let strips = [writer.open, writer.tape].map {
      ($0.table.name, ChainHead.End(number: $0.last, hash: $0.hash))
    }
    let head = ChainHead(
      link: number, hash: hash, wall: .now, epoch: epoch,
      strips: Dictionary(uniqueKeysWithValues: strips))
    guard let text = head.text(signedBy: key) else { return }
    do {
      try TextFile.replace(path, text, mode: 0o644, isDurable: isDurable)
      written = (Self.ends(of: writer), .now)
    } catch { written = ([], .now) }
  }

  private static func ends(of writer: LogWriter) -> [Int64] {
    [writer.chain.head.number, writer.open.last, writer.tape.last]
  }

  /// What the head that an earlier daemon left says against a log; keeps it when it does.
  ///
  /// A log that is behind its head is another file than the one whose numbers people have seen: its
  /// epoch is one more.
  mutating func contradiction(_ database: Database, log: String) throws -> String? {
    epoch = max(1, try Int64.fetchOne(database, sql: "SELECT max(epoch) FROM run") ?? 1)
    if let noted = try? TextFile.read(Self.epochPath(of: log)), let least = Int64(noted) {
      epoch = max(epoch, least)
    }
    guard access(path, F_OK) == 0, let text = try? TextFile.read(path) else { return nil }
    let complaint: String
    do {
      let head = try ChainHead(text, keys: [key.publicKey] + Self.keys(of: database))
      epoch = max(epoch, head.epoch)
      guard try !Self.holds(head, database) else { return nil }
      epoch += 1
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
