public import DispatchKit

/// Owns every way to a device: opens, reads, writes, and reconnects for ever.
///
/// All calls but ``shutdown()`` return at once and may come from any queue; their order is kept.
/// What happens is told through the one callback, on this actor's queue: hand it on, do not
/// linger. Opening and closing happen elsewhere, a queue per port, because they may block.
public actor Ports<Token: Hashable & Sendable>: QueueActor {
  public nonisolated let executor: SerialQueueExecutor
  let report: @Sendable (Token, PortEvent) -> Void
  /// The lines that wake us.
  let poller: Poller
  /// The lines that are looked at on a beat, while there is a crowd.
  let crowdPoller: Poller

  var source: SourceHandle?
  let onBeat: @Sendable (_ isOver: Bool) -> Duration?
  /// When a look on the beat is due next; `nil` while lines wake us.
  var nextLook: SuspendingClock.Instant?
  var crowd = Crowd()
  /// For one read; a tty gives 4095 bytes at most, a report is smaller.
  var room = [UInt8](repeating: 0, count: 4096)

  /// Read and not yet reported.
  var heard: [(token: Token, bytes: [UInt8])] = []

  private var lastID: UInt64 = 0
  var byID: [UInt64: Port<Token>] = [:]
  var byToken: [Token: Port<Token>] = [:]

  var isShutDown = false
  /// Closes at work.
  var closing = 0
  var settling: Settling?
  var patience: SourceHandle?

  /// Makes an owner of no ports; throws when the system has no descriptor left.
  ///
  /// - Parameters:
  ///   - onBeat: called on the executor after each look while a crowd is read on a beat (``Crowd``),
  ///     a last time when that is over. Returns how soon it wants to be called again, if sooner than
  ///     the next beat: whoever shares the executor needs no timer meanwhile.
  public init(
    on executor: SerialQueueExecutor = SerialQueueExecutor(label: "ports"),
    report: @escaping @Sendable (Token, PortEvent) -> Void,
    onBeat: @escaping @Sendable (_ isOver: Bool) -> Duration? = { _ in nil }
  ) throws(LineError) {
    self.executor = executor
    self.onBeat = onBeat
    self.report = report
    (poller, crowdPoller) = (try Poller(), try Poller())
    executor.async(on: self) { $0.watch() }
  }

  /// Begins to keep `address` open for `token`; a port that the token already has is let go first.
  public nonisolated func add(_ token: Token, at address: PortAddress) {
    executor.async(on: self) { $0.insert(token, address) }
  }

  /// Lets the token's port go, without an event: whoever calls this knows.
  public nonisolated func remove(_ token: Token) {
    executor.async(on: self) { $0.drop(token) }
  }

  /// Sends `bytes` as soon as the line takes them, all or none; see
  /// ``PortEvent/unsent(count:_:)``.
  ///
  /// Called on the executor, it sends there and then, before what other queues have asked for.
  /// Over HID they are one report, in order with the others: an output report, or a feature report
  /// when so asked.
  public nonisolated func send(_ bytes: [UInt8], to token: Token, asFeature: Bool = false) {
    guard executor.isIsolatingCurrentContext() != true else {
      return assumeIsolated { $0.send(bytes, token, isFeature: asFeature) }
    }
    executor.async(on: self) { $0.send(bytes, token, isFeature: asFeature) }
  }

  /// Tries the ports at `node` (or at a link to it) at once, for instance because udev saw it.
  public nonisolated func deviceAppeared(_ node: String) {
    executor.async(on: self) { $0.hurry(node) }
  }

  /// Where a port's line is watched.
  func poller(of port: Port<Token>) -> Poller { port.isInCrowd ? crowdPoller : poller }

  private func insert(_ token: Token, _ address: PortAddress) {
    guard !isShutDown else { return }
    let lines = byToken[token]?.lines
    drop(token)
    lastID += 2
    let port = Port(id: lastID, token: token, address: address, lines: lines)
    byID[port.id] = port
    byToken[token] = port
    open(port)
  }

  private func drop(_ token: Token) {
    guard let port = byToken.removeValue(forKey: token) else { return }
    byID[port.id] = nil
    port.retry = nil
    release(port)
  }
}
