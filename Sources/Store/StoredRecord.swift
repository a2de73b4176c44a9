import GRDB
import Records
import Vitals

/// A session's record as the log gives it now: every signed part with its manifest, and what came
/// since.
struct StoredRecord {
  private(set) var writer: RecordWriter
  private var reader: RecordReader
  private let database: Database
  private(set) var signatureCount = 0
  private var eventEnd: Int64

  /// Writes all parts that are signed; those up to a number of the table `signature`.
  init(_ span: SessionSpan, _ database: Database, before number: Int64 = .max) throws {
    self.database = database
    reader = try RecordReader(span, database)
    writer = RecordWriter(try reader.header())
    eventEnd = span.opening - 1
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT event_end, sample_end, samples, end_ms, manifest FROM signature
        WHERE record = ? AND seq < ? ORDER BY seq
        """, arguments: [writer.header.recordID, number])
    for row in rows {
      try add(
        eventEnd: row[0], sampleEnd: row[1], sampleCount: row[2], end: .milliseconds(row[3]))
      guard let manifest = JSONValue(row[4] as String) else {
        throw StoreError.cannotRead(reason: "a manifest is no JSON")
      }
      writer.add(manifest: manifest)
      signatureCount += 1
    }
  }

  /// The staff list in force where the record ends.
  var staff: [Signer] { reader.staff.signers }

  /// How many of the chair's samples since the session began the parts so far have looked at.
  var sampleCount: Int { reader.sampleCount }

  /// Appends what happened since, up to an event and an instant; up to a sample when it was signed.
  mutating func add(
    eventEnd: Int64, sampleEnd: Int64? = nil, sampleCount: Int? = nil, end: Instant
  ) throws {
    try writer.add(
      try reader.part(
        eventEnd: eventEnd, sampleEnd: sampleEnd, sampleCount: sampleCount, end: end))
    self.eventEnd = eventEnd
  }

  /// Appends what happened since the last signature, if anything did.
  mutating func addTail(_ span: SessionSpan) throws {
    let last = try span.lastEvent(in: database)
    guard last > eventEnd else { return }
    let end = try Int64.fetchOne(
      database, sql: "SELECT max(t_ms) FROM event WHERE seq <= ? AND chair = ?",
      arguments: [last, span.chair.name])
    let instant = end.map(Instant.milliseconds) ?? span.start
    var ahead = reader
    let part = try ahead.part(eventEnd: last, end: instant)
    // Nothing since but what other chairs did.
    guard !part.events.isEmpty || signatureCount == 0 else { return }
    try writer.add(part)
    (reader, eventEnd) = (ahead, last)
  }
}
