/// What happened to one port.
public enum PortEvent: Equatable, Sendable {
  /// The line is open and configured, or the device has connected.
  case opened
  /// What one read gave: 1 to 4096 bytes (hidraw: one report).
  case bytes([UInt8])
  /// The line is gone (unplugged, as a rule); reconnecting has begun.
  case closed(reason: String)
  /// Opening failed; tried again for ever, reported once for each different error.
  case failed(LineError, nextTrySeconds: Double)
  /// Bytes of ``Ports/send(_:to:)`` that will never be sent. Nothing is kept for a later
  /// connection: a command that starts a cuff must not go out when nobody expects it.
  case unsent(count: Int, UnsentReason)

  public enum UnsentReason: String, Sendable {
    /// The port is not open.
    case notOpen
    /// The device takes bytes more slowly than they come.
    case overflow
    /// The line went away with the bytes still waiting.
    case closed
    /// A feature report for a line that is no hidraw node.
    case notHID
  }
}
