public import Vitals

/// What a record begins with.
public struct RecordHeader: Hashable, Sendable {
  public let site: String
  public let chair: ChairID
  /// Unique in the log: the day and the event that opened the session.
  public let recordID: String
  public let start: Instant
  public let startedAt: WallTime
  public let key: SitePublicKey

  public init(
    site: String, chair: ChairID, openedBy event: Int64, start: Instant, startedAt: WallTime,
    key: SitePublicKey
  ) {
    self.site = site
    self.chair = chair
    self.start = start
    self.startedAt = startedAt
    self.key = key
    let day = startedAt.description.prefix(10).filter { $0 != "-" }
    recordID = "s-\(day)-\(event)"
  }
}

/// A start of the daemon that took part in the session.
public struct RecordRun: Hashable, Sendable {
  public let number: Int64
  public let boot: String
  public let instant: Instant
  public let wall: WallTime
  public let speed: Double
  public let software: String
  public let policyID: String
  public let site: String
  /// ``PolicyText``; empty for a start before logs had a chain.
  public let policy: String
  public let key: String

  public init(
    number: Int64, boot: String, instant: Instant, wall: WallTime, speed: Double, software: String,
    policyID: String, site: String, policy: String, key: String
  ) {
    self.number = number
    self.boot = boot
    self.instant = instant
    self.wall = wall
    self.speed = speed
    self.software = software
    self.policyID = policyID
    self.site = site
    self.policy = policy
    self.key = key
  }
}

/// An event of the log, as it stands there.
public struct RecordEvent: Hashable, Sendable {
  public let sequence: Int64
  public let wall: WallTime
  /// The timeline line.
  public let line: String

  public init(sequence: Int64, wall: WallTime, line: String) {
    self.sequence = sequence
    self.wall = wall
    self.line = line
  }
}

/// A stored second of oximetry; what is `nil` was not measured.
public struct RecordSample: Hashable, Sendable {
  public let at: Instant
  public let spo2: Int?
  public let pulseRate: Int?
  /// Hundredths of a percent.
  public let perfusion: Int?
  public let status: SignalStatus

  public init(at: Instant, spo2: Int?, pulseRate: Int?, perfusion: Int?, status: SignalStatus) {
    self.at = at
    self.spo2 = spo2
    self.pulseRate = pulseRate
    self.perfusion = perfusion
    self.status = status
  }
}

/// A person of the staff list.
public struct Signer: Hashable, Sendable {
  public let userID: String
  public let printedName: String
  public let role: String

  public init(userID: String, printedName: String, role: String) {
    self.userID = userID
    self.printedName = printedName
    self.role = role
  }

  var json: JSONValue {
    .object([
      "printedName": .text(printedName), "role": .text(role), "userId": .text(userID),
    ])
  }
}

/// What a record gains between one signature and the next: it is only ever appended.
public struct RecordPart: Sendable {
  public var runs: [RecordRun] = []
  public var events: [RecordEvent] = []
  public var samples: [RecordSample] = []
  /// The staff list; the record keeps those of it who did something.
  public var staff: [Signer] = []
  /// The number of the last event looked at, whether it belongs here or not.
  public var eventEnd: Int64
  public var sampleEnd: Int64
  /// Until when the chair was watched.
  public var end: Instant

  public init(eventEnd: Int64, sampleEnd: Int64, end: Instant) {
    self.eventEnd = eventEnd
    self.sampleEnd = sampleEnd
    self.end = end
  }
}
