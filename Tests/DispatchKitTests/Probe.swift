import Dispatch
import DispatchKit
import Glibc

/// An actor on a queue that tests can wait on.
actor Probe: QueueActor {
  nonisolated let executor: SerialQueueExecutor
  private var handle: SourceHandle?
  private(set) var log: [Int] = []
  private var wanted = 0
  private var paces = 0
  private var waiter: CheckedContinuation<[Int], Never>?

  init(on executor: SerialQueueExecutor = SerialQueueExecutor(label: "test.probe")) {
    self.executor = executor
  }

  func note(_ value: Int) {
    log.append(value)
    if log.count >= wanted { waiter.take()?.resume(returning: log) }
  }

  /// Waits until `count` values were noted.
  func noted(_ count: Int) async -> [Int] {
    if log.count >= count { return log }
    wanted = count
    return await withCheckedContinuation { waiter = $0 }
  }

  /// Notes every byte that comes.
  func listen(to descriptor: Int32, closer: (@Sendable (Int32) -> Void)? = nil) {
    handle = onReadable(descriptor, closer: closer) { me in
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 {
        me.note(count)
        me.handle = nil
      }
      for byte in buffer.prefix(max(0, count)) { me.note(Int(byte)) }
    }
  }

  /// Notes 1 as soon as the descriptor takes bytes, once.
  func awaitRoom(in descriptor: Int32) {
    handle = onWritable(descriptor) { me in
      me.note(1)
      me.handle = nil
    }
  }

  func fire(after delay: Duration) {
    handle = onDeadline(after: delay) { $0.note(1) }
  }

  func fire(at deadline: DispatchTime) {
    handle = onDeadline(deadline) { $0.note(1) }
  }

  func tick(every period: Duration) {
    handle = onTick(every: period) { me in me.note(me.log.count) }
  }

  /// Notes 0, 1, 2 … up to `count` of them.
  func pace(_ span: Duration, count: Int) {
    onPace { me in
      me.note(me.paces)
      me.paces += 1
      return me.paces < count ? span : nil
    }
  }

  func listen(for signal: Int32) {
    handle = onSignal(signal) { $0.note(1) }
  }

  func suspend() { handle?.suspend() }
  func resume() { handle?.resume() }
  func stop() { handle = nil }
}

/// A one-way pipe of raw descriptors.
func makePipe() -> (reading: Int32, writing: Int32) {
  var ends: [Int32] = [-1, -1]
  _ = pipe(&ends)
  return (ends[0], ends[1])
}

func write(_ bytes: [UInt8], to descriptor: Int32) {
  _ = Glibc.write(descriptor, bytes, bytes.count)
}
