import Dispatch
import Glibc

extension QueueActor {
  /// Calls `body` on this actor's queue whenever `descriptor` is readable, hung up or in error,
  /// again and again until reading has settled it.
  ///
  /// Takes ownership of `descriptor`: once the source is cancelled, and never before, it is
  /// closed, or given to `closer` where closing may block (a tty) or belongs to a library. When
  /// `read` returns 0 or an error, drop the handle there and then: the call would be repeated.
  public nonisolated func onReadable(
    _ descriptor: Int32, closer: (@Sendable (Int32) -> Void)? = nil,
    _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    watch(descriptor, for: .readable, closer, body)
  }

  /// Calls `body` on this actor's queue whenever `descriptor` takes bytes, hangs up or errs.
  ///
  /// Ownership as with ``onReadable(_:closer:_:)``; of two sources on one descriptor only one may
  /// close it.
  public nonisolated func onWritable(
    _ descriptor: Int32, closer: (@Sendable (Int32) -> Void)? = nil,
    _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    watch(descriptor, for: .writable, closer, body)
  }

  private nonisolated func watch(
    _ descriptor: Int32, for interest: Shield.Interest, _ closer: (@Sendable (Int32) -> Void)?,
    _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    let shield = Shield.make(around: descriptor, for: interest)
    let source: any DispatchSourceProtocol =
      if shield == nil, interest == .writable {
        DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: executor.queue)
      } else {
        DispatchSource.makeReadSource(fileDescriptor: shield ?? descriptor, queue: executor.queue)
      }
    source.setEventHandler { [weak self] in self?.assumeIsolated(body) }
    source.setCancelHandler {
      if let shield { _ = close(shield) }
      if let closer { closer(descriptor) } else { _ = close(descriptor) }
    }
    source.activate()
    return SourceHandle(source)
  }
}
