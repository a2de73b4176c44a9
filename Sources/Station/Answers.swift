public import Monitoring

/// What came of a command.
public struct CommandAnswer: Sendable {
  /// Why it was not carried out; `nil` is success.
  public let refusal: Refusal?
  /// Whether the log holds what came of it: a sick disk delays no answer beyond 250 ms.
  public let isDurable: Bool

  public init(refusal: Refusal?, isDurable: Bool) {
    self.refusal = refusal
    self.isDurable = isDurable
  }
}

/// What was decided and is not in the log, or not yet.
public struct Unlogged: Sendable {
  /// The number of the newest event that there is.
  public let newest: Int64
  /// Events that were shown without the disk, oldest first.
  public let events: [StreamMessage]

  public init(newest: Int64, events: [StreamMessage]) {
    self.newest = newest
    self.events = events
  }
}
