import Foundation

/// Files that come under their names when they are whole and on the disk, and not before.
///
/// Until then each lies beside its target under a name of its own. A signal that ends us takes those
/// along; after `kill -9` or a power cut they may stay, never under the final name.
struct PartFiles {
  private let parts: [PartFile]
  private let watch: Task<Void, Never>

  /// Prepares for files of these names; watches for signals from now on.
  init(_ targets: [String]) {
    let parts = targets.map(PartFile.init)
    self.parts = parts
    let signals = SignalWatch()
    watch = Task {
      for await signal in signals.received {
        parts.forEach { $0.discard() }
        exit(128 + signal)
      }
      // Only as long as somebody holds it are there signals.
      withExtendedLifetime(signals) {}
    }
  }

  /// Writes one of them; `each` is told of every piece how long it was.
  func write(_ bytes: [UInt8], to target: String, each: (Int) -> Void) throws {
    try parts.first { $0.target == target }?.write(bytes, each: each)
  }

  /// Lets the files of these names appear, in their order, and makes that durable.
  ///
  /// Of several the last is what others open. An older one goes first, so that it never names files
  /// that are newer than itself.
  func publish(_ targets: [String]) throws {
    if targets.count > 1, let last = targets.last { unlink(last) }
    for part in parts where targets.contains(part.target) { try part.publish() }
    watch.cancel()
  }

  func discard() {
    parts.forEach { $0.discard() }
    watch.cancel()
  }
}

/// One of them.
private struct PartFile {
  let target: String
  /// `.NAME.part-PID` in the same folder, so that giving it the name is one step of the file system.
  private let path: String

  init(target: String) {
    self.target = target
    let url = URL(filePath: target)
    path =
      url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).part-\(getpid())").path
  }

  /// How much is written at once.
  private static let piece = 1 << 16

  /// Writes everything and waits for the disk.
  func write(_ bytes: [UInt8], each: (Int) -> Void) throws {
    // Of a process that was killed and had our number.
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw Failure(path: target, errno) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let piece = bytes[done..<min(bytes.count, done + Self.piece)]
      let written = piece.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 || errno == EINTR else { throw Failure(path: target, errno) }
      done += max(0, written)
      each(max(0, written))
    }
    guard fsync(descriptor) == 0 else { throw Failure(path: target, errno) }
  }

  func publish() throws {
    guard rename(path, target) == 0 else { throw Failure(path: target, errno) }
    let folder = URL(filePath: target).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: folder, errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw Failure(path: folder, errno) }
  }

  func discard() { unlink(path) }

  /// What the file system said.
  private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(path: String, _ code: Int32) {
      let reason = String(cString: strerror(code))
      description = "\(path): cannot be written (\(reason)); name another place with -o"
    }
  }
}
