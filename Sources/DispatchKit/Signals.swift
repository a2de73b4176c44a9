import Dispatch

extension QueueActor {
  /// Calls `body` on this actor's queue when the process receives `signal`.
  ///
  /// Signals coalesce: never count them. Registration is asynchronous, so a signal that arrives
  /// in the first moments still does what it did before (it may end the process). libdispatch
  /// installs its own handler; no mask and no `SIG_IGN` is needed on Linux.
  public nonisolated func onSignal(
    _ signal: Int32, _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    let source = DispatchSource.makeSignalSource(signal: signal, queue: executor.queue)
    source.setEventHandler { [weak self] in self?.assumeIsolated(body) }
    source.activate()
    return SourceHandle(source)
  }
}
