import Glibc

/// Small files beside the log.
enum TextFile {
  static func read(_ path: String) throws(StoreError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(descriptor, &room, room.count)
    guard count >= 0 else { throw failure(path) }
    return String(decoding: room.prefix(count), as: UTF8.self)
  }

  /// Writes a file that must not exist yet, durably.
  static func create(_ path: String, _ text: String, mode: mode_t) throws(StoreError) {
    try write(path, O_EXCL, text, mode, isDurable: true)
  }

  /// Writes a file whole or not at all.
  static func replace(
    _ path: String, _ text: String, mode: mode_t, isDurable: Bool
  ) throws(StoreError) {
    try write(path + ".new", O_TRUNC, text, mode, isDurable: isDurable)
    guard rename(path + ".new", path) == 0 else { throw failure(path) }
  }

  /// Makes what was written to a file durable.
  static func sync(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  /// Makes the names in a file's folder durable.
  static func syncFolder(of path: String) throws(StoreError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try sync(folder.isEmpty ? "/" : folder)
  }

  private static func write(
    _ path: String, _ flag: Int32, _ text: String, _ mode: mode_t, isDurable: Bool
  ) throws(StoreError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, mode)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count,
      !isDurable || fsync(descriptor) == 0
    else { throw failure(path) }
  }

  private static func failure(_ path: String) -> StoreError {
    .cannotOpen(path: path, reason: String(cString: strerror(errno)))
  }
}
