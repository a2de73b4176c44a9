import Glibc

/// How much room the log takes and has, in bytes.
public struct LogSpace: Hashable, Sendable {
  /// What is free where it lies; `nil` when the file system does not say.
  public let free: Int64?
  /// The file itself.
  public let file: Int64
  /// What was written since it was last moved into the file.
  ///
  /// Grows for as long as somebody reads the log without an end, since nothing may be moved under a
  /// reader's eyes.
  public let ahead: Int64

  init(of path: String) {
    var status = statvfs()
    free =
      statvfs(path, &status) == 0 ? Int64(status.f_bavail) * Int64(status.f_frsize) : nil
    file = Self.size(path)
    ahead = Self.size(path + "-wal")
  }

  private static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}
