import Vitals

/// What a driver makes of frames and of time: the meaning of a protocol, and its dialogue.
///
/// A device that only talks needs ``read(_:isInDoubt:at:emit:)`` alone.
protocol Conversation: Sendable {
  /// How the protocol's bytes are cut into frames.
  associatedtype Cut: Framing

  /// When ``fire(at:emit:)`` must be called.
  var nextDeadline: Instant? { get }

  /// Reads one frame. One in doubt must not bring a number.
  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void)
  /// Bytes are missing or damaged between the last frame and the next; called once or more.
  mutating func losePlace()
  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void)
  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void)
  mutating func obey(
    _ order: CuffOrder, at instant: Instant, emit: (Instant, DriverOutput) -> Void)
  /// Acts on every deadline due at `instant`, and leaves none that is not later.
  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void)
}

extension Conversation {
  var nextDeadline: Instant? { nil }
  mutating func losePlace() {}
  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {}
  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {}
  mutating func obey(
    _ order: CuffOrder, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {}
  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {}
}
