import Glibc

/// An advisory lock beside a file, held until it is let go or the process dies.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock `PATH.lock`, by whatever name the file goes.
  init(path: String) throws(StoreError) {
    let name = Self.name(for: path)
    descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: name, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(descriptor)
      throw .inUse(path: path)
    }
  }

  /// Whether somebody holds the lock; makes no file.
  static func isTaken(path: String) -> Bool {
    let descriptor = open(name(for: path), O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }

  private static func name(for path: String) -> String {
    guard let real = realpath(path, nil) else { return path + ".lock" }
    defer { free(real) }
    return String(cString: real) + ".lock"
  }

  deinit { Glibc.close(descriptor) }
}
