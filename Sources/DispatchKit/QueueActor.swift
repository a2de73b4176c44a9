/// An actor that lives on a dispatch queue.
///
/// A type that conforms declares `nonisolated let executor = SerialQueueExecutor(label: "…")`.
/// Its handlers take `isolated Self`: a plain closure handed to Dispatch would compile in Swift 6
/// mode and race.
public protocol QueueActor: Actor {
  /// The queue the actor runs on; constant for its life.
  nonisolated var executor: SerialQueueExecutor { get }
}

extension QueueActor {
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }
}
