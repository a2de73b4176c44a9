import Store

/// Keeps events back until they are durable, in their order, and knows who waits for that.
struct Publisher {
  private struct Held {
    let number: UInt64
    let events: [Batch.Event]
    let bytes: Int
    let since: ContinuousClock.Instant
    var isShown = false
  }
  private var held: [Held] = []
  private var lastNumber: UInt64 = 0
  private var waiters: [(until: UInt64, resume: CheckedContinuation<Bool, Never>)] = []

  /// Whether events wait that nobody has been shown yet.
  var isHoldingEvents: Bool { held.contains { !$0.isShown && !$0.events.isEmpty } }

  /// Events that were shown and that the log does not hold yet.
  var shownEarly: [Batch.Event] { held.filter(\.isShown).flatMap(\.events) }

  /// The first event that the log does not hold yet.
  var firstHeld: Batch.Event? { held.lazy.compactMap(\.events.first).first }

  /// How many bytes of the flight recorder wait for the disk.
  private(set) var heldBytes = 0

  /// Since when the oldest batch waits for the disk.
  var oldestWait: Duration? { held.first.map { $0.since.duration(to: .now) } }

  /// Takes a batch that was given to the log.
  ///
  /// Returns its number.
  mutating func hold(_ batch: Batch) -> UInt64 {
    lastNumber += 1
    let bytes = batch.flight?.block.count ?? 0
    held.append(Held(number: lastNumber, events: batch.events, bytes: bytes, since: .now))
    heldBytes += bytes
    return lastNumber
  }

  /// The log holds everything up to this batch.
  ///
  /// Returns the events to show now.
  mutating func release(upTo number: UInt64) -> [Batch.Event] {
    let durable = held.prefix { $0.number <= number }
    held.removeFirst(durable.count)
    heldBytes -= durable.reduce(0) { $0 + $1.bytes }
    wake(upTo: number, isDurable: true)
    return durable.filter { !$0.isShown }.flatMap(\.events)
  }

  /// A sick disk must not hide an alarm: returns every event that has not been shown.
  mutating func showAll() -> [Batch.Event] {
    let events = held.filter { !$0.isShown }.flatMap(\.events)
    for index in held.indices { held[index].isShown = true }
    wake(upTo: lastNumber, isDurable: false)
    return events
  }

  /// Resumes once every event held now has been shown, with whether the log holds it then.
  mutating func wait(_ continuation: CheckedContinuation<Bool, Never>) {
    guard isHoldingEvents else { return continuation.resume(returning: true) }
    waiters.append((lastNumber, continuation))
  }

  private mutating func wake(upTo number: UInt64, isDurable: Bool) {
    for waiter in waiters where waiter.until <= number {
      waiter.resume.resume(returning: isDurable)
    }
    waiters.removeAll { $0.until <= number }
  }
}
