import GRDB
import Monitoring
import Recording
import Records
import Vitals

/// Reads a session's record out of the log, part by part; the same rows always give the same parts.
struct RecordReader {
  private let database: Database
  private let span: SessionSpan
  /// Up to where earlier parts have read.
  private var eventEnd: Int64
  /// How many of the chair's samples since the session began.
  private(set) var sampleCount = 0
  private var runEnd: Int64 = 0
  /// Whether the session is open where the parts so far end.
  private var isOpen = false

  init(_ span: SessionSpan, _ database: Database) throws {
    self.database = database
    self.span = span
    eventEnd = span.opening - 1
  }

  /// What the record begins with; the site and its key are those of the run it began in.
  func header() throws -> RecordHeader {
    let run = try Self.runs(
      database,
      where: """
        id = coalesce((SELECT max(id) FROM run WHERE instant_ms <= \(span.start.milliseconds)),
          (SELECT min(id) FROM run))
        """
    ).first
    // A session that began before the log had a key is signed with the first it gets.
    let first = try Self.runs(database, where: "site_key <> '' ORDER BY id LIMIT 1").first
    guard let run, let key = run.key ?? first?.key else {
      throw StoreError.cannotRead(reason: "no run has a key")
    }
    return RecordHeader(
      site: run.run.site, chair: span.chair, openedBy: span.opening, start: span.start,
      startedAt: span.startedAt, key: key)
  }

  /// Reads on to an event and an instant.
  ///
  /// `sampleEnd` is a name of the part's last sample that is signed with it, by default how many
  /// there are; `sampleCount` is how many there were when it was signed.
  mutating func part(
    eventEnd: Int64, sampleEnd: Int64? = nil, sampleCount: Int? = nil, end: Instant
  ) throws -> RecordPart {
    let samples = try samples(upTo: sampleCount, until: end)
    self.sampleCount += samples.count
    var part = RecordPart(
      eventEnd: eventEnd, sampleEnd: sampleEnd ?? Int64(self.sampleCount), end: end)
    let (events, isWatched) = try events(upTo: eventEnd)
    part.events = events
    if isWatched { part.samples = samples }
    let first = try Int64.fetchOne(
      database, sql: "SELECT max(id) FROM run WHERE instant_ms <= ?",
      arguments: [span.start.milliseconds])
    let isFirst = runEnd == 0
    let lowest =
      try isFirst
      ? first ?? Int64.fetchOne(database, sql: "SELECT min(id) FROM run") ?? 1 : runEnd + 1
    let runs = try Self.runs(
      database,
      where: """
        id >= \(lowest) AND (instant_ms <= \(end.milliseconds) OR \(isFirst) AND id = \(lowest))
        ORDER BY id
        """)
    part.runs = runs.map(\.run)
    for run in runs { try staff.begin(with: run.start, in: database) }
    try staff.read(upTo: eventEnd, in: database)
    part.staff = staff.signers
    runEnd = runs.last?.run.number ?? runEnd
    self.eventEnd = eventEnd
    return part
  }

  /// The staff where the parts so far end.
  private(set) var staff = RecordStaff()

  /// The chair's events, and the ward's while the session is open; and whether it was at any time.
  ///
  /// After its end only what people do about it still belongs to the record.
  private mutating func events(upTo end: Int64) throws -> ([RecordEvent], isWatched: Bool) {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT seq, wall_ms, chair, kind, body FROM event
        WHERE chair IN (?, ?) AND seq > ? AND seq <= ? ORDER BY seq
        """, arguments: [span.chair.name, ChairID.ward.name, eventEnd, end])
    var (events, isWatched): ([RecordEvent], Bool) = ([], isOpen)
    while let row = try rows.next() {
      let (kind, line): (String, String) = (row["kind"], row["body"])
      let isOwn = row["chair"] == span.chair.name
      if isOwn, kind == "session" {
        isOpen = !SessionSpan.endings.contains(SessionSpan.state(of: line))
        isWatched = isWatched || isOpen
      }
      guard isOpen || isOwn && Self.kindsAfterEnd.contains(kind) else { continue }
      events.append(
        RecordEvent(
          sequence: row["seq"], wall: WallTime(milliseconds: row["wall_ms"]), line: line))
    }
    return (events, isWatched)
  }

  private static let kindsAfterEnd: Set<String> = ["session", "signature", "audit"]

  /// The chair's samples that no part has had, up to so many since the session began.
  private func samples(upTo count: Int?, until end: Instant) throws -> [RecordSample] {
    let rows = try SampleReader(database: database).rows(
      of: span.chair.name, from: span.start.milliseconds, to: end.milliseconds)
    return rows.prefix(count ?? rows.count).dropFirst(sampleCount).map { row in
      RecordSample(
        at: row.at, spo2: row.spo2, pulseRate: row.pulseRate, perfusion: row.perfusion,
        status: row.status)
    }
  }

  private static func runs(
    _ database: Database, where condition: String
  ) throws -> [(run: RecordRun, key: SitePublicKey?, start: Run)] {
    try Row.fetchAll(database, sql: "SELECT * FROM run WHERE \(condition)").map { row in
      let run = Run(row: row)
      let record = RecordRun(
        number: row["id"], boot: run.boot, instant: run.instant, wall: run.wall, speed: run.speed,
        software: run.software, policyID: run.policyID, site: run.site, policy: run.policyText,
        key: run.siteKey)
      return (record, SitePublicKey(run.siteKey), run)
    }
  }
}
