import DispatchKit
import Foundation
import Synchronization

/// The signals a person or systemd sends us, as a stream.
actor SignalWatch: QueueActor {
  nonisolated let executor = SerialQueueExecutor(label: "signals")
  nonisolated let received: AsyncStream<Int32>
  private let announce: AsyncStream<Int32>.Continuation
  private let handles = Handles()

  /// Starts watching for SIGTERM, SIGINT and SIGHUP.
  init() {
    (received, announce) = AsyncStream.makeStream()
    for signal in [SIGTERM, SIGINT, SIGHUP] {
      handles.keep(onSignal(signal) { $0.announce.yield(signal) })
    }
  }
}

/// Source handles, which cannot be copied into an array.
private final class Handles: Sendable {
  private final class Box: Sendable {
    let handle: SourceHandle
    init(_ handle: consuming SourceHandle) { self.handle = handle }
  }
  private let boxes = Mutex<[Box]>([])

  func keep(_ handle: consuming SourceHandle) {
    let box = Box(handle)
    boxes.withLock { $0.append(box) }
  }
}
