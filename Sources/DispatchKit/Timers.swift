public import Dispatch

extension QueueActor {
  /// Calls `body` once, on this actor's queue, when the monotonic clock reaches `deadline`.
  ///
  /// Late by about 0.1 ms as a rule, never early.
  public nonisolated func onDeadline(
    _ deadline: DispatchTime, _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    timer(body) { $0.schedule(deadline: deadline, leeway: .nanoseconds(0)) }
  }

  /// Calls `body` once, on this actor's queue, `delay` from now.
  public nonisolated func onDeadline(
    after delay: Duration, _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    onDeadline(.now() + delay.dispatchInterval, body)
  }

  /// Calls `body` on this actor's queue every `period`, first one period from now.
  ///
  /// Ticks that could not be delivered are merged, not caught up.
  public nonisolated func onTick(
    every period: Duration, _ body: @escaping @Sendable (isolated Self) -> Void
  ) -> SourceHandle {
    let period = period.dispatchInterval
    return timer(body) {
      $0.schedule(deadline: .now() + period, repeating: period, leeway: .nanoseconds(0))
    }
  }

  private nonisolated func timer(
    _ body: @escaping @Sendable (isolated Self) -> Void,
    schedule: (any DispatchSourceTimer) -> Void
  ) -> SourceHandle {
    let source = DispatchSource.makeTimerSource(flags: .strict, queue: executor.queue)
    schedule(source)
    source.setEventHandler { [weak self] in self?.assumeIsolated(body) }
    source.activate()
    return SourceHandle(source)
  }
}

extension Duration {
  /// The same span for Dispatch; `never` beyond 292 years.
  var dispatchInterval: DispatchTimeInterval {
    let (seconds, attoseconds) = components
    let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return .never }
    return .nanoseconds(Int(nanoseconds) + Int(attoseconds / 1_000_000_000))
  }
}
