import Foundation

/// Files that come under their names when they are whole and on the disk, and not before.
///
/// Until then each lies beside its target under a name of its own. A signal that ends us takes those
/// along; after `kill -9` or a power cut they may stay, never under the final name.
final class PartFiles: Sendable {
  let all: [PartFile]
  private let signals = SignalWatch()
  private let watch: Task<Void, Never>

  init(_ targets: [String]) {
    let all = targets.map(PartFile.init)
    self.all = all
    watch = Task { [signals] in
      for await signal in signals.received {
        all.forEach { $0.discard() }
        exit(128 + signal)
      }
    }
  }

  /// Gives the files their names, the last one last, and makes that durable.
  func publish() throws {
    for part in all { try part.publish() }
    watch.cancel()
  }

  func discard() {
    for part in all { part.discard() }
    watch.cancel()
  }
}

/// One of them.
struct PartFile {
  private let target: String
  /// `.NAME.part-PID` in the same folder, so that giving it the name is one step of the file system.
  private let path: String
  private var folder: String { URL(filePath: target).deletingLastPathComponent().path }

  init(target: String) {
    self.target = target
    let url = URL(filePath: target)
    path =
      url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).part-\(getpid())").path
  }

  /// How much is written at once.
  private static let piece = 1 << 16

  /// Writes everything and waits for the disk; `each` is told of every piece how long it was.
  func write(_ bytes: [UInt8], each: (Int) -> Void) throws {
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

  fileprivate func publish() throws {
    guard rename(path, target) == 0 else { throw Failure(path: target, errno) }
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: folder, errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw Failure(path: folder, errno) }
  }

  fileprivate func discard() { unlink(path) }

  /// What the file system said.
  struct Failure: Error, CustomStringConvertible {
    let description: String

    init(path: String, _ code: Int32) {
      let reason = String(cString: strerror(code))
      description = "\(path): cannot be written (\(reason)); name another place with -o"
    }
  }
}
