import CLinux
import Glibc

/// What could not be done, to what, and why; its description says what to do about it.
public struct LineError: Error, Hashable, Sendable {
  public enum Operation: String, Sendable {
    case readSettings = "line settings"
    case readAddress = "port"
    case open
    case lock
    case configure
    case read
    case write
    case poll
    case createPty = "create a pty for"
    case link
    case listen = "listen on"
    case accept = "accept a connection on"
    case claim
  }

  public let operation: Operation
  /// The number of the system's error, `errno`.
  public let code: Int32
  /// The port as configured, or the text that is no ``LineSettings`` or no ``PortAddress``.
  public let path: String
  /// What the system's error does not say.
  let detail: String?

  init(_ operation: Operation, _ path: String, code: Int32 = errno, detail: String? = nil) {
    self.operation = operation
    self.code = code
    self.path = path
    self.detail = detail
  }

  static func settings(_ text: String, _ problem: String) -> LineError {
    LineError(.readSettings, text, code: EINVAL, detail: problem)
  }

  /// Says what is wrong with a port as it was configured.
  public static func address(_ text: String, _ problem: String) -> LineError {
    LineError(.readAddress, text, code: EINVAL, detail: problem)
  }

  /// The system's symbol, such as `EACCES`.
  public var symbol: String {
    clinux_errno_name(code).map { String(cString: $0) } ?? "errno \(code)"
  }
}

extension LineError: CustomStringConvertible {
  /// For example `open /dev/ttyUSB0: Permission denied (EACCES); add the service user to group
  /// dialout`.
  public var description: String {
    let what = "\(operation.rawValue) \(path): "
    if operation == .readSettings || operation == .readAddress {
      return what + (detail ?? "not understood")
    }
    let why = "\(detail ?? String(cString: strerror(code))) (\(symbol))"
    return what + why + (remedy.map { "; " + $0 } ?? "")
  }
}
