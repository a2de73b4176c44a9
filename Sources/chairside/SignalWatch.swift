import DispatchKit
import Foundation

/// The signals a person or systemd sends us, as a stream.
actor SignalWatch: QueueActor {
  nonisolated let executor = SerialQueueExecutor(label: "signals")
  nonisolated let received: AsyncStream<Int32>
  private let announce: AsyncStream<Int32>.Continuation
  private let handles = SourceHandles()

  /// Starts watching for SIGTERM, SIGINT and SIGHUP.
  init() {
    (received, announce) = AsyncStream.makeStream()
    for signal in [SIGTERM, SIGINT, SIGHUP] {
      handles.keep(onSignal(signal) { $0.announce.yield(signal) })
    }
  }
}
