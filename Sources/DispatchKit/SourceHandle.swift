import Dispatch

/// A dispatch source that is cancelled when its owner lets go of it.
///
/// After the drop no new call of the handler begins; one that was already queued on the actor
/// still may, unless the drop happens on the actor itself.
public struct SourceHandle: ~Copyable, Sendable {
  private let source: DispatchSource
  private var isSuspended = false

  init(_ source: any DispatchSourceProtocol) {
    // The protocol is not Sendable, the only class that conforms to it is.
    guard let source = source as? DispatchSource else {
      preconditionFailure("a dispatch source that is no DispatchSource")
    }
    self.source = source
  }

  /// Holds the handler's calls back until ``resume()``; suspending twice is suspending once.
  public mutating func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    source.suspend()
  }

  /// Lets the handler's calls through again.
  public mutating func resume() {
    guard isSuspended else { return }
    isSuspended = false
    source.resume()
  }

  deinit {
    source.cancel()
    // libdispatch traps when a suspended source is released, and runs no cancel handler on one.
    if isSuspended { source.resume() }
  }
}
