import Dispatch

/// Runs an actor's jobs on one private serial dispatch queue.
///
/// `DispatchSerialQueue` does not exist in swift-corelibs-libdispatch (Swift 6.3), so this is
/// the bridge. The queue never leaves this module. Several actors may share one executor: they
/// then call each other without a hop.
public final class SerialQueueExecutor: SerialExecutor {
  private static let key = DispatchSpecificKey<ObjectIdentifier>()
  let queue: DispatchQueue

  /// Makes a queue whose label shows in backtraces and in `ps -L`.
  public init(label: String) {
    queue = DispatchQueue(label: label)
    queue.setSpecific(key: Self.key, value: ObjectIdentifier(self))
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  /// Runs `body` on the queue after everything already there.
  ///
  /// For work that belongs to no actor and may block, such as opening a tty: give it a queue of
  /// its own.
  public func async(_ body: @escaping @Sendable () -> Void) {
    queue.async(execute: body)
  }

  /// Runs `body` on `actor` after everything already queued.
  ///
  /// Never waits, and keeps the order of calls, which a `Task` would not.
  public func async<A: QueueActor>(on actor: A, _ body: @escaping @Sendable (isolated A) -> Void) {
    queue.async { actor.assumeIsolated(body) }
  }

  /// Runs `body` on the queue from this thread, which must not be on it already; waits for its turn.
  func sync<Result>(_ body: () -> Result) -> Result { queue.sync(execute: body) }

  public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

  public func isIsolatingCurrentContext() -> Bool? {
    DispatchQueue.getSpecific(key: Self.key) == ObjectIdentifier(self)
  }
}
