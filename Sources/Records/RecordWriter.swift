public import Vitals

/// Writes a record: lines of JSON, each with the hash of everything up to it, and a signature's
/// manifest wherever somebody signed.
///
/// The same rows of the log always give the same bytes, so what a manifest signs (the hash of all
/// lines before it) can be made again from the log at any time. What comes later is appended.
public struct RecordWriter: Sendable {
  public private(set) var text = ""
  /// The hash over every line so far.
  public private(set) var hash = ContentHash.zero
  public private(set) var lineCount = 0
  public let header: RecordHeader
  private var partCount = 0
  private var revision = 0
  private var watchedUntil: Instant
  /// What later parts and signatures depend on.
  private var facts = RecordFacts()

  /// Begins a record with its header.
  public init(_ header: RecordHeader) {
    self.header = header
    watchedUntil = header.start
    append("header", RecordLines.header(header))
  }

  /// Why a record cannot be made.
  public struct Problem: Error, CustomStringConvertible {
    /// The number of an event whose line is no JSON.
    public let event: Int64
    public var description: String { "event \(event) is not a line of JSON" }
  }

  /// Appends what happened since the part before.
  public mutating func add(_ part: RecordPart) throws(Problem) {
    var contents: [JSONValue] = []
    for event in part.events {
      guard let content = JSONValue(event.line) else { throw Problem(event: event.sequence) }
      contents.append(content)
    }
    partCount += 1
    append("part", RecordLines.part(partCount, part, contents))
    for run in part.runs { append("run", RecordLines.run(run)) }
    for (event, content) in zip(part.events, contents) {
      append("event", RecordLines.event(event, content))
    }
    var rest = part.samples[...]
    while let first = rest.first {
      let minute = minute(of: first)
      let count = rest.prefix { self.minute(of: $0) == minute }.count
      append("samples", RecordLines.minute(minute, rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    for gap in RecordGap.find(in: part.samples, from: watchedUntil, to: part.end) {
      append("gap", RecordLines.gap(gap))
    }
    watchedUntil = max(watchedUntil, part.end)
  }

  private func minute(of sample: RecordSample) -> Int64 {
    (sample.at.milliseconds - header.start.milliseconds) / 60_000
  }

  /// The manifest of somebody who signs the record as it stands now.
  public func manifest(_ act: SigningAct) -> JSONValue {
    let opensRevision = act.number == 1 || revision == 0
    return act.manifest(
      recordID: header.recordID, revision: opensRevision ? revision + 1 : revision, record: hash,
      facts: facts)
  }

  /// Appends a manifest after the lines that it signs.
  public mutating func add(manifest: JSONValue) {
    revision = manifest["revision"]?.integer.map { Int($0) } ?? revision
    append("signature", manifest)
  }

  /// Ends the text with a line that the site signs; the record itself can go on later.
  ///
  /// Returns `false` should the key fail.
  public mutating func close(
    logHead: ChainHead, at wall: WallTime, key: SiteKey
  ) -> Bool {
    let body = JSONValue.object([
      "exportedAtUtc": .text(wall.description), "lines": .integer(lineCount),
      "logHash": .text(logHead.hash.description), "logLink": .integer(logHead.link),
      "recordSha256": .text(hash.description),
    ])
    guard let signed = body.signed(by: key) else { return false }
    append("close", signed)
    return true
  }

  private mutating func append(_ kind: String, _ body: JSONValue) {
    lineCount += 1
    facts.note(kind, body)
    let line = RecordLine(number: lineCount, kind: kind, body: body, after: hash)
    hash = line.hash
    text += line.text
  }
}
