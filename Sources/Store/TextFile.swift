package import Glibc

/// Small files beside the log.
package enum TextFile {
  package static func read(_ path: String) throws(StoreError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(descriptor, &room, room.count)
    guard count >= 0 else { throw failure(path) }
    return String(decoding: room.prefix(count), as: UTF8.self)
  }

  /// The first bytes of any file.
  static func start(of path: String, count: Int) throws(StoreError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var room = [UInt8](repeating: 0, count: count)
    let found = Glibc.read(descriptor, &room, count)
    return Array(room.prefix(max(0, found)))
  }

  /// Writes a file whole or not at all.
  package static func replace(
    _ path: String, _ text: String, mode: mode_t, isDurable: Bool
  ) throws(StoreError) {
    // What an earlier attempt left may be anybody's to read.
    unlink(path + ".new")
    try write(path + ".new", text, mode, isDurable: isDurable)
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
    _ path: String, _ text: String, _ mode: mode_t, isDurable: Bool
  ) throws(StoreError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
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
