public import Vitals

/// Somebody signs: what of a manifest does not follow from the record (`clinical.md` 5.6).
public struct SigningAct: Sendable {
  /// How well the wall clock was known to be right.
  public struct Clock: Hashable, Sendable {
    public let isSynchronised: Bool
    public let maximumErrorMilliseconds: Int64

    public init(isSynchronised: Bool, maximumErrorMilliseconds: Int64) {
      self.isSynchronised = isSynchronised
      self.maximumErrorMilliseconds = maximumErrorMilliseconds
    }
  }

  /// The event by which it was accepted, and that event's number.
  public let event: JSONValue
  public let sequence: Int64
  public let signer: Signer
  public let signedAt: WallTime
  /// Seconds east of UTC where the daemon runs.
  public let utcOffsetSeconds: Int
  public let clock: Clock
  /// The hash of the log's newest link.
  public let chainHead: ContentHash

  public init(
    event: JSONValue, sequence: Int64, signer: Signer, signedAt: WallTime, utcOffsetSeconds: Int,
    clock: Clock, chainHead: ContentHash
  ) {
    self.event = event
    self.sequence = sequence
    self.signer = signer
    self.signedAt = signedAt
    self.utcOffsetSeconds = utcOffsetSeconds
    self.clock = clock
    self.chainHead = chainHead
  }

  /// Which signature of its sign-off this is; 1 for a late entry.
  var number: Int64 { event["number"]?.integer ?? 1 }

  /// Events that are signed: the word in `event` or `what`, and what signing means.
  private static let meanings: [(word: String, number: Int64?, meaning: String)] = [
    ("signature", 1, "observation complete; discharge criteria met"),
    ("signature", 2, "discharge authorised"),
    ("addendum", nil, "author of the addendum"),
    ("lateEntry", nil, "author of the late entry"),
    ("correction", nil, "author of the correction"),
  ]

  /// Whether an event is a signature, or an entry after the sign-off that its author signs.
  public static func isSigned(_ event: JSONValue) -> Bool {
    if event["event"]?.text == "signature" { return event["result"]?.text == "accepted" }
    return isLateEntry(event)
  }

  /// Whether an event adds to a record that is signed already.
  public static func isLateEntry(_ event: JSONValue) -> Bool {
    event["event"]?.text == "audit" && meanings.contains { $0.word == event["what"]?.text }
  }

  /// What the words of a signature's event mean to who reads the record (21 CFR 11.50).
  private static let words = [
    "observationComplete": "observation complete; discharge criteria met",
    "dischargeAuthorised": "discharge authorised",
    "transfer": "transfer to another place of care",
    "leftAgainstAdvice": "patient left against medical advice",
  ]

  /// What the signature says: the event's own meaning, or that of its kind and number.
  var meaning: String {
    if let own = event["meaning"]?.text { return Self.words[own] ?? own }
    let word = event["what"]?.text ?? event["event"]?.text
    return Self.meanings.first { $0.word == word && ($0.number ?? number) == number }?.meaning ?? ""
  }

  func manifest(
    recordID: String, revision: Int, record: ContentHash, facts: RecordFacts
  ) -> JSONValue {
    .object([
      "v": .integer(1), "recordId": .text(recordID), "revision": .integer(revision),
      "recordSha256": .text(record.description), "prevChainSha256": .text(chainHead.description),
      "event": .integer(sequence), "signer": signer.json, "meaning": .text(meaning),
      "auth": event["auth"] ?? .list([]), "signedAtUtc": .text(signedAt.description),
      "utcOffset": .text(offsetText),
      "clock": .object([
        "maxErrorMs": .integer(clock.maximumErrorMilliseconds),
        "synchronised": .bool(clock.isSynchronised),
      ]),
      "software": .text(facts.software), "policyId": .text(facts.policyID),
      "policySha256": .text(facts.policyHash.description), "waivers": .list(facts.waivers),
    ])
  }

  /// `-05:00`.
  private var offsetText: String {
    let minutes = utcOffsetSeconds.magnitude / 60
    func two(_ value: UInt) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return (utcOffsetSeconds < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
  }
}
