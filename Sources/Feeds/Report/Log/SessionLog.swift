public import Monitoring
public import Vitals

/// What the log holds of one session: all that a report is made of.
public struct SessionLog: Sendable {
  /// The name of the record, such as `s-8812`: it begins with the event of this number.
  public var id: String
  public var site: String
  public var chair: String
  /// The chair's events from the first of the session to the last before the next one, and the
  /// ward's in the same time, in their order.
  public var events: [LogEvent]
  /// The chair's newest `connected` and `identified` events before the session, one per slot.
  public var devicesBefore: [LogEvent]
  /// The chair's stored seconds, oldest first.
  public var samples: [LogSample]
  /// Starts of the daemon: the one that ran when the session began, and those during it.
  public var runs: [LogRun]
  /// What people asked for, whether it was carried out or not; the flight recorder keeps it.
  public var commands: [LogCommand]
  /// The observation's clocks at the signatures and at the end, as a replay of the session gives
  /// them.
  public var clocks: [LogClock]
  /// The manifests of the signatures, oldest first (`clinical.md` 5.6).
  public var manifests: [JSONValue]
  /// Printed name and role by user name.
  public var staff: [String: Person]
  /// Seconds that the clinic's clock is ahead of UTC at a wall time.
  public var utcOffset: @Sendable (WallTime) -> Int
  /// How far the log goes, for a session that has not ended; `nil` when that is not known.
  public var reach: Instant?
  /// Whether names, free text and real dates have been taken out (``deidentified(using:)``).
  public internal(set) var isDeidentified = false

  public init(
    id: String, site: String, chair: String, events: [LogEvent], devicesBefore: [LogEvent],
    samples: [LogSample], runs: [LogRun], commands: [LogCommand] = [],
    clocks: [LogClock] = [],
    manifests: [JSONValue] = [], staff: [String: Person],
    utcOffset: @escaping @Sendable (WallTime) -> Int
  ) {
    self.id = id
    self.site = site
    self.chair = chair
    self.events = events
    self.devicesBefore = devicesBefore
    self.samples = samples
    self.runs = runs
    self.commands = commands
    self.clocks = clocks
    self.manifests = manifests
    self.staff = staff
    self.utcOffset = utcOffset
  }

  /// Who stands behind a user name.
  public struct Person: Hashable, Sendable {
    public let name: String
    public let role: String

    public init(name: String, role: String) {
      self.name = name
      self.role = role
    }
  }
}

/// A stored second of the oximeter; no value where there was none to be believed.
public struct LogSample: Hashable, Sendable {
  public let at: Instant
  /// Percent.
  public let spo2: Int?
  /// Beats per minute.
  public let pulseRate: Int?
  /// Hundredths of a percent.
  public let perfusion: Int?
  public let status: SignalStatus

  public init(
    at: Instant, spo2: Int?, pulseRate: Int?, perfusion: Int? = nil, status: SignalStatus
  ) {
    self.at = at
    self.spo2 = spo2
    self.pulseRate = pulseRate
    self.perfusion = perfusion
    self.status = status
  }

  /// Whether both numbers were there and fit to be judged.
  public var isValid: Bool {
    spo2 != nil && pulseRate != nil && status.isDisjoint(with: .unusable)
  }
}

/// A start of the daemon, as far as a report tells of it.
public struct LogRun: Hashable, Sendable {
  public let instant: Instant
  public let boot: String
  public let software: String
  public let policyID: String
  /// The limits in force, before any change by command.
  public let policy: Policy

  public init(
    instant: Instant, boot: String, software: String, policyID: String, policy: Policy
  ) {
    self.instant = instant
    self.boot = boot
    self.software = software
    self.policyID = policyID
    self.policy = policy
  }
}

/// A command of a person, as the flight recorder has it.
public struct LogCommand: Hashable, Sendable {
  public let at: Instant
  public let name: String
  public let by: String
  public let fields: [String: String]

  public init(at: Instant, name: String, by: String, fields: [String: String]) {
    self.at = at
    self.name = name
    self.by = by
    self.fields = fields
  }

  /// A field with the place that it was read from.
  func figure(_ field: String) -> Figure? {
    fields[field].map { Figure($0, .command(self, field)) }
  }
}

/// Both clocks of an observation at an instant (`clinical.md` 1.4).
public struct LogClock: Hashable, Sendable {
  public let at: Instant
  public let anchor: Instant
  public let requiredSeconds: Int
  /// Since the anchor, without a pause.
  public let elapsedSeconds: Int
  /// Of it with the patient in the chair and a live oximeter.
  public let creditSeconds: Int

  public init(
    at: Instant, anchor: Instant, requiredSeconds: Int, elapsedSeconds: Int, creditSeconds: Int
  ) {
    self.at = at
    self.anchor = anchor
    self.requiredSeconds = requiredSeconds
    self.elapsedSeconds = elapsedSeconds
    self.creditSeconds = creditSeconds
  }

  /// One of its durations, with its place.
  func figure(_ name: String, _ seconds: Int) -> Figure {
    Figure(Duration.seconds(seconds).clockText, .clock(self, name))
  }
}
