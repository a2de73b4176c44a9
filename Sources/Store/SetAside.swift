import Glibc
public import Monitoring
public import Vitals

/// A damaged log, or a file that was none, moved out of the way as it was.
public struct SetAside: Sendable {
  /// Where it lies now.
  public let path: String
  /// What is wrong with it, in words.
  public let reason: String
  /// The accounts as they were last, when every change of them could be read; a part of them might
  /// let somebody in again who was shut out.
  public let accounts: [Account]
  /// The chairs that had an open session, as far as that could be read.
  public let chairs: [ChairID]

  /// Moves a file, with all that SQLite and ``HeadFile`` keep beside it.
  ///
  /// The file itself goes last: a start that is cut off before then finds it in its place.
  init(_ path: String, because reason: String, at now: WallTime) throws(StoreError) {
    let stamp = now.description.filter { $0 != "-" && $0 != ":" }.prefix(15)
    var place = "\(path).corrupt-\(stamp)Z"
    HeadFile.countOn(log: path)
    var count = 1
    while access(place, F_OK) == 0 {
      count += 1
      place = "\(path).corrupt-\(stamp)Z-\(count)"
    }
    for ending in ["-wal", "-shm", "-journal", ".head", ""]
    where access(path + ending, F_OK) == 0 || ending.isEmpty {
      guard rename(path + ending, place + ending) == 0 else {
        throw .cannotOpen(
          path: path + ending,
          reason: "\(reason); it cannot be set aside: \(String(cString: strerror(errno)))")
      }
    }
    Self.synchronise(folderOf: path)
    LogInspection.trust(path)
    self.path = place
    self.reason = reason
    let salvage = Salvage(place)
    (accounts, chairs) = (salvage.accounts, salvage.chairs)
  }

  private static func synchronise(folderOf path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }
}
