public import Monitoring
public import Vitals

/// What goes to the log in one transaction.
public struct Batch: Sendable {
  /// An event of the ward with its durable number.
  public struct Event: Sendable {
    public let sequence: Int64
    public let at: Instant
    public let wall: WallTime
    public let chair: ChairID
    public let event: ChairEvent

    public init(
      sequence: Int64, at: Instant, wall: WallTime, chair: ChairID, event: ChairEvent
    ) {
      self.sequence = sequence
      self.at = at
      self.wall = wall
      self.chair = chair
      self.event = event
    }
  }

  /// One second's oximeter sample; `nil` when there was nothing current.
  public struct Sample: Sendable {
    public let at: Instant
    public let chair: ChairID
    public let reading: OximeterReading?

    public init(at: Instant, chair: ChairID, reading: OximeterReading?) {
      self.at = at
      self.chair = chair
      self.reading = reading
    }
  }

  /// A block of the flight recorder.
  public struct Flight: Sendable {
    public let first: Instant
    public let last: Instant
    public let block: [UInt8]

    public init(first: Instant, last: Instant, block: [UInt8]) {
      self.first = first
      self.last = last
      self.block = block
    }
  }

  public var events: [Event] = []
  public var samples: [Sample] = []
  public var flight: Flight?
  /// Accounts as they are from now on; durable together with the events that tell of it.
  public var accounts: [Account] = []
  /// A start of the daemon, before everything else.
  var run: Run?

  public init() {}

  public var isEmpty: Bool {
    events.isEmpty && samples.isEmpty && flight == nil && accounts.isEmpty && run == nil
  }
}
