import GRDB
import Records
import Vitals

/// Checks every signature of a log: that the site's key made it, that it stands where it was made,
/// and that the record it signs is still what the log gives.
struct SignatureCheck {
  private(set) var count = 0
  private(set) var findings: [Finding] = []

  init(_ database: Database, _ walk: LinkWalk, _ keys: Set<SitePublicKey>) throws {
    let rows = try Row.fetchAll(database, sql: "SELECT * FROM signature ORDER BY seq")
    for row in rows {
      count += 1
      let number: Int64 = row["seq"]
      guard let complaint = try Self.complaint(row, database, walk, keys) else { continue }
      findings.append(Finding("signature", number, .badSignature, complaint))
    }
    let events = try Row.fetchCursor(
      database,
      sql: """
        SELECT seq, body FROM event WHERE kind = 'signature' AND seq > ?
          AND seq NOT IN (SELECT event FROM signature) ORDER BY seq
        """, arguments: [walk.migratedEvents])
    while let row = try events.next() {
      guard let event = JSONValue(row["body"] as String), SigningAct.isSigned(event) else {
        continue
      }
      findings.append(Finding("event", row["seq"], .notSigned, "no manifest stands for it"))
    }
  }

  private static func complaint(
    _ row: Row, _ database: Database, _ walk: LinkWalk, _ keys: Set<SitePublicKey>
  ) throws -> String? {
    guard let manifest = JSONValue(row["manifest"] as String),
      keys.contains(where: manifest.isSigned)
    else { return "the manifest is not signed by the site's key" }
    if let before = walk.beforeSignature[row["seq"]],
      manifest["prevChainSha256"]?.text != before.description
    {
      return "it was made elsewhere in the log"
    }
    guard let chair = ChairID(row["chair"] as String),
      let span = try SessionSpan(of: chair, at: row["event"], in: database)
    else { return "its session is not in the log" }
    do {
      var record = try StoredRecord(span, database, before: row["seq"])
      try record.add(
        eventEnd: row["event_end"], sampleEnd: row["sample_end"], sampleCount: row["samples"],
        end: .milliseconds(row["end_ms"]))
      guard manifest["recordSha256"]?.text == record.writer.hash.description else {
        return "the log gives another record than the one that was signed"
      }
    } catch let problem as RecordWriter.Problem {
      return "its record cannot be made: \(problem)"
    } catch let error as StoreError {
      return "its record cannot be made: \(error)"
    }
    return nil
  }
}
