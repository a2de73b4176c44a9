public import Monitoring
public import Vitals
public import Ward

/// All that the station may ask of the ward and its log.
///
/// The daemon provides it; the station knows neither queue nor database.
public struct WardLink: Sendable {
  /// The whole state as JSON, with the number of the newest event that it reflects.
  public let snapshot: @Sendable () async -> String
  /// One chair's tile as JSON; `nil` when there is no such chair.
  public let chair: @Sendable (ChairID) async -> String?
  /// Carries out a command, given with a secret where it asks for one; returns after its events
  /// are durable, or after 250 ms.
  public let submit: @Sendable (ChairID, Command, StaffID, _ secret: String?) async -> CommandAnswer
  /// Somebody proves who he is to a station; gives his role.
  public let enter: @Sendable (StaffID, _ secret: String?) async -> Result<Role, Refusal>
  /// The role that somebody has now; `nil` for one who may not act.
  public let role: @Sendable (StaffID) async -> Role?
  /// Takes a reading that a person typed in; says as a command does what came of it.
  public let read: @Sendable (ChairID, HandReading, StaffID) async -> CommandAnswer
  /// Lists or changes the accounts; returns those that are concerned.
  public let accounts: @Sendable (AccountOrder) async -> Result<AccountList, AccountRefusal>
  /// Stored events after a number, oldest first.
  public let events: @Sendable (_ after: Int64, _ limit: Int) async throws -> [StreamMessage]
  /// What a stream cannot find in the log; asked before the log, so that nothing falls between.
  public let unlogged: @Sendable () async -> Unlogged
  /// A chair's newest stored events as a JSON list, oldest first.
  public let chairEvents: @Sendable (ChairID, _ limit: Int) async throws -> String
  /// A chair's trend as JSON.
  public let trend: @Sendable (ChairID, _ seconds: Int, _ points: Int) async throws -> String
  /// A station opened (true) or closed its stream; `confirms` tells whether it will say what it
  /// shows.
  public let stationStream: @Sendable (StaffID, _ isOpen: Bool, _ confirms: Bool) -> Void
  /// A station spoke; false for one that must open its stream first.
  public let stationSays: @Sendable (StaffID, [StationWord]) async -> Bool
  /// A station's beat; false for one that must open its stream first.
  public let stationBeat: @Sendable (StaffID, StationBeat) async -> Bool
  /// Whether the ward ticks and the log takes what it decides; and the words for it.
  public let health: @Sendable () async -> (isWell: Bool, text: String)
  /// Whether patients can be watched, too: whether anybody would hear an alarm.
  public let readiness: @Sendable () async -> (isWell: Bool, text: String)
  /// The metrics page.
  public let metrics: @Sendable () async -> String
  /// Every bound device and how it does, as JSON.
  public let devices: @Sendable () async -> String
  /// What passes over a device's line from now on.
  public let deviceBytes: @Sendable (Slot) -> AsyncStream<StreamMessage>

  /// A chair's sessions as JSON, oldest first.
  public let sessions: @Sendable (ChairID) async throws -> String
  /// The printable report of the session of this name as HTML, for whoever asks at a station; `nil`
  /// when there is no such session.
  public let report: @Sendable (_ session: String, _ station: StaffID?) async throws -> String?

  public init(
    snapshot: @escaping @Sendable () async -> String,
    chair: @escaping @Sendable (ChairID) async -> String?,
    submit: @escaping @Sendable (ChairID, Command, StaffID, String?) async -> CommandAnswer,
    enter: @escaping @Sendable (StaffID, String?) async -> Result<Role, Refusal>,
    role: @escaping @Sendable (StaffID) async -> Role?,
    read: @escaping @Sendable (ChairID, HandReading, StaffID) async -> CommandAnswer,
    accounts: @escaping @Sendable (AccountOrder) async -> Result<AccountList, AccountRefusal>,
    events: @escaping @Sendable (Int64, Int) async throws -> [StreamMessage],
    unlogged: @escaping @Sendable () async -> Unlogged,
    chairEvents: @escaping @Sendable (ChairID, Int) async throws -> String,
    trend: @escaping @Sendable (ChairID, Int, Int) async throws -> String,
    stationStream: @escaping @Sendable (StaffID, Bool, Bool) -> Void,
    stationSays: @escaping @Sendable (StaffID, [StationWord]) async -> Bool,
    stationBeat: @escaping @Sendable (StaffID, StationBeat) async -> Bool,
    health: @escaping @Sendable () async -> (isWell: Bool, text: String),
    readiness: @escaping @Sendable () async -> (isWell: Bool, text: String),
    metrics: @escaping @Sendable () async -> String,
    devices: @escaping @Sendable () async -> String,
    deviceBytes: @escaping @Sendable (Slot) -> AsyncStream<StreamMessage>,
    sessions: @escaping @Sendable (ChairID) async throws -> String,
    report: @escaping @Sendable (String, StaffID?) async throws -> String?
  ) {
    self.snapshot = snapshot
    self.chair = chair
    self.submit = submit
    self.enter = enter
    self.role = role
    self.read = read
    self.accounts = accounts
    self.events = events
    self.unlogged = unlogged
    self.chairEvents = chairEvents
    self.trend = trend
    self.stationStream = stationStream
    self.stationSays = stationSays
    self.stationBeat = stationBeat
    self.health = health
    self.readiness = readiness
    self.metrics = metrics
    self.devices = devices
    self.deviceBytes = deviceBytes
    self.sessions = sessions
    self.report = report
  }
}
