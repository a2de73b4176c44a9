import Synchronization

/// Where the dispatch world hands values to the async world.
///
/// `publish` never waits and never fails, so the queue that raises alarms cannot be slowed by a
/// browser. A subscriber that falls behind loses the oldest values and sees the gap in `number`.
public final class Feed<Value: Sendable>: Sendable {
  public struct Item: Sendable {
    public let number: UInt64
    public let value: Value
  }

  private struct State {
    var number: UInt64 = 0
    var nextID = 0
    var subscribers: [Int: AsyncStream<Item>.Continuation] = [:]
  }
  private let state = Mutex(State())
  private let capacity: Int

  /// Creates a feed that keeps this many values for each slow subscriber.
  public init(capacity: Int) { self.capacity = capacity }

  /// Whether anybody subscribes at present.
  public var isHeard: Bool { state.withLock { !$0.subscribers.isEmpty } }

  public func publish(_ value: Value) {
    state.withLock { state in
      state.number += 1
      guard !state.subscribers.isEmpty else { return }
      let item = Item(number: state.number, value: value)
      for subscriber in state.subscribers.values { subscriber.yield(item) }
    }
  }

  public func subscribe() -> AsyncStream<Item> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Item.self, bufferingPolicy: .bufferingNewest(capacity))
    let id = state.withLock { state in
      state.nextID += 1
      state.subscribers[state.nextID] = continuation
      return state.nextID
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.subscribers.removeValue(forKey: id) }
    }
    return stream
  }

  /// Ends every subscription, as at shutdown.
  public func finish() {
    let subscribers = state.withLock { Array($0.subscribers.values) }
    for subscriber in subscribers { subscriber.finish() }
  }
}
