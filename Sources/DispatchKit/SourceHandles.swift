import Synchronization

/// Several source handles, which cannot be copied into an array; let go of together.
public final class SourceHandles: Sendable {
  private final class Box: Sendable {
    let handle: SourceHandle
    init(_ handle: consuming SourceHandle) { self.handle = handle }
  }
  private let boxes = Mutex<[Box]>([])

  public init() {}

  public func keep(_ handle: consuming SourceHandle) {
    let box = Box(handle)
    boxes.withLock { $0.append(box) }
  }

  /// Cancels every source.
  public func removeAll() { boxes.withLock { $0 = [] } }
}
