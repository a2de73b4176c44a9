import Dispatch
import Glibc

extension QueueActor {
  /// Calls `body` on this actor's queue whenever `descriptor` is readable.
  ///
  /// Takes ownership of `descriptor`: once the source is cancelled, and never before, it is
  /// closed, or given to `closer` where closing may block (a tty) or belongs to a library. A
  /// hung-up tty wakes `body` and `read` returns 0: drop the handle there and then, because
  /// nothing promises a second wake-up.
  public nonisolated func onReadable(
    _ descriptor: Int32, closer: (@Sendable (Int32) -> Void)? = nil,
    _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: executor.queue)
    return start(source, on: descriptor, closer, body)
  }

  /// Calls `body` on this actor's queue whenever `descriptor` takes bytes.
  ///
  /// Ownership as with ``onReadable(_:closer:_:)``; a descriptor that has both sources needs a
  /// `closer` that counts to two, or a duplicate.
  public nonisolated func onWritable(
    _ descriptor: Int32, closer: (@Sendable (Int32) -> Void)? = nil,
    _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    let source = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: executor.queue)
    return start(source, on: descriptor, closer, body)
  }

  private nonisolated func start(
    _ source: any DispatchSourceProtocol, on descriptor: Int32,
    _ closer: (@Sendable (Int32) -> Void)?,
    _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    source.setEventHandler { [weak self] in self?.assumeIsolated(body) }
    source.setCancelHandler {
      if let closer { closer(descriptor) } else { _ = close(descriptor) }
    }
    source.activate()
    return SourceHandle(source)
  }
}
