public import Monitoring
public import Vitals

/// All that the station may ask of the ward and its log.
///
/// The daemon provides it; the station knows neither queue nor database.
public struct WardLink: Sendable {
  /// The whole state as JSON, with the number of the newest event that it reflects.
  public let snapshot: @Sendable () async -> String
  /// One chair's tile as JSON; `nil` when there is no such chair.
  public let chair: @Sendable (ChairID) async -> String?
  /// Carries out a command; returns after its events are durable.
  ///
  /// `nil` is success.
  public let submit: @Sendable (ChairID, Command, StaffID) async -> Refusal?
  /// Stored events after a number, oldest first.
  public let events: @Sendable (_ after: Int64, _ limit: Int) async throws -> [StreamMessage]
  /// A chair's newest stored events as a JSON list, oldest first.
  public let chairEvents: @Sendable (ChairID, _ limit: Int) async throws -> String
  /// A chair's trend as JSON.
  public let trend: @Sendable (ChairID, _ seconds: Int, _ points: Int) async throws -> String
  /// A wall view opened (true) or closed its stream.
  public let stationStream: @Sendable (StaffID, _ isOpen: Bool) -> Void
  /// Whether the ward ticks and the log takes what it decides; and the words for it.
  public let health: @Sendable () async -> (isWell: Bool, text: String)
  /// The metrics page.
  public let metrics: @Sendable () async -> String
  /// Every bound device and how it does, as JSON.
  public let devices: @Sendable () async -> String
  /// What passes over a device's line from now on.
  public let deviceBytes: @Sendable (Slot) -> AsyncStream<StreamMessage>

  /// A chair's sessions as JSON, oldest first.
  public let sessions: @Sendable (ChairID) async throws -> String
  /// The printable report of the session of this name as HTML; `nil` when there is no such session.
  public let report: @Sendable (_ session: String) async throws -> String?

  public init(
    snapshot: @escaping @Sendable () async -> String,
    chair: @escaping @Sendable (ChairID) async -> String?,
    submit: @escaping @Sendable (ChairID, Command, StaffID) async -> Refusal?,
    events: @escaping @Sendable (Int64, Int) async throws -> [StreamMessage],
    chairEvents: @escaping @Sendable (ChairID, Int) async throws -> String,
    trend: @escaping @Sendable (ChairID, Int, Int) async throws -> String,
    stationStream: @escaping @Sendable (StaffID, Bool) -> Void,
    health: @escaping @Sendable () async -> (isWell: Bool, text: String),
    metrics: @escaping @Sendable () async -> String,
    devices: @escaping @Sendable () async -> String,
    deviceBytes: @escaping @Sendable (Slot) -> AsyncStream<StreamMessage>,
    sessions: @escaping @Sendable (ChairID) async throws -> String,
    report: @escaping @Sendable (String) async throws -> String?
  ) {
    self.snapshot = snapshot
    self.chair = chair
    self.submit = submit
    self.events = events
    self.chairEvents = chairEvents
    self.trend = trend
    self.stationStream = stationStream
    self.health = health
    self.metrics = metrics
    self.devices = devices
    self.deviceBytes = deviceBytes
    self.sessions = sessions
    self.report = report
  }
}
