import DispatchKit

extension Ports {
  /// What ``shutdown()`` is waiting for.
  struct Settling {
    let isDone: @Sendable (isolated Ports) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }

  /// How long the last bytes, and then the closes, may take.
  private static var grace: Duration { .milliseconds(200) }

  /// Sends what still waits, closes every line, and tells nothing more once it has returned.
  ///
  /// To be called before the last reference goes: without it lines stay open. Returns after 0.4 s
  /// at the latest; a close that blocks longer is left to the system.
  public func shutdown() async {
    guard !isShutDown else { return }
    isShutDown = true
    for port in byID.values { port.retry = nil }
    await wait { ports in ports.byID.values.allSatisfy(\.outgoing.isEmpty) }
    for port in byID.values { release(port) }
    byID = [:]
    byToken = [:]
    await wait { ports in ports.closing == 0 }
    nextLook = nil
    source = nil
  }

  private func wait(until isDone: @escaping @Sendable (isolated Ports) -> Bool) async {
    guard !isDone(self) else { return }
    await withCheckedContinuation { continuation in
      settling = Settling(isDone: isDone, continuation: continuation)
      patience = onDeadline(after: Self.grace) { $0.settle(anyway: true) }
    }
  }

  /// To be called whenever something became less.
  func settle(anyway: Bool = false) {
    guard let settling, anyway || settling.isDone(self) else { return }
    self.settling = nil
    patience = nil
    settling.continuation.resume()
  }
}
