import Foundation
import GRDB

/// How a connection reaches the file of a log.
public enum LogReach: Sendable {
  /// Beside other programs: the index of the write-ahead log is a file that they share.
  case shared
  /// Alone on this machine, with that index in memory: for a disk that has no room for it, and to
  /// look at a file without leaving a trace. Other programs find the log locked meanwhile.
  case alone

  /// What SQLite is told to open.
  func name(of path: String) -> String {
    switch self {
    case .shared: return path
    case .alone:
      let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
      return "file:\(escaped)?vfs=unix-excl"
    }
  }
}

extension DatabaseError {
  /// The file is no database, or its pages contradict each other.
  var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode.primaryResultCode) }

  /// The disk, not the file.
  var isDisk: Bool {
    [.SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CANTOPEN].contains(resultCode.primaryResultCode)
  }
}
