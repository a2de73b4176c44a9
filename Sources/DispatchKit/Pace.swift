import CLinux
import Glibc

extension QueueActor {
  /// Calls `body` on this actor's queue from a thread of its own: at once, and again after the span
  /// that each call returns, until one returns nil or the actor is gone.
  ///
  /// For what must be done hundreds of times a second. The tick of a timer source costs the wake-ups
  /// of libdispatch's manager thread and of a worker, and a system call to arm it anew; here the
  /// thread that slept enters the queue itself, which wakes nobody while the queue is free.
  public nonisolated func onPace(_ body: @escaping @Sendable (isolated Self) -> Duration?) {
    let executor = executor
    let pace = Pace { [weak self] in
      // The last reference must not go on the queue that is being held.
      guard let self else { return nil }
      return executor.sync { self.assumeIsolated(body) }
    }
    pace.start()
  }
}

/// A thread that calls, sleeps as long as it is told, and calls again.
private final class Pace: Sendable {
  private let call: @Sendable () -> Duration?

  init(_ call: @escaping @Sendable () -> Duration?) { self.call = call }

  /// The thread holds the only reference from here on; without a thread to be had, the process ends.
  func start() {
    let baton = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { baton in
        baton.map { Unmanaged<Pace>.fromOpaque($0).takeRetainedValue().run() }
        return nil
      }, baton.toOpaque())
    precondition(code == 0, "no thread left (errno \(code))")
    pthread_detach(thread)
  }

  private func run() {
    clinux_name_thread("pace")
    while let pause = call() {
      let (seconds, attoseconds) = pause.components
      var span = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
      // Woken by a signal, it calls a little early, which harms nobody.
      nanosleep(&span, nil)
    }
  }
}
