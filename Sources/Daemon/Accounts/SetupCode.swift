import Glibc
import Secrets
import Synchronization

/// What the first administrator must show: a code in a file beside the log that only the service
/// user and root can read.
///
/// It is made anew with every start and after five wrong tries, and gone once it was used.
final class SetupCode: Sendable {
  /// Where it is to be read.
  let path: String
  private let state = Mutex((code: String?.none, failures: 0))

  init(beside store: String) { path = Self.path(beside: store) }

  static func path(beside store: String) -> String { store + ".setup-code" }

  /// Makes a new code.
  ///
  /// Returns why not, in words.
  func issue() -> String? {
    state.withLock { state in
      state = (Randomness.code(), 0)
      return write(state.code ?? "")
    }
  }

  private func write(_ code: String) -> String? {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    defer { close(descriptor) }
    let line = Array((code + "\n").utf8)
    return Glibc.write(descriptor, line, line.count) == line.count
      ? nil : String(cString: strerror(errno))
  }

  func accepts(_ given: String?) -> Bool {
    let isRight = state.withLock { state in
      guard let code = state.code, let given else { return false }
      let isRight = SecretHash.areEqual(Array(code.utf8), Array(given.utf8))
      if !isRight { state.failures += 1 }
      return isRight
    }
    if !isRight, state.withLock({ $0.failures >= 5 }) { _ = issue() }
    return isRight
  }

  /// There are accounts now, or the daemon ends: the code is worth nothing any more.
  func used() {
    state.withLock { $0 = (nil, 0) }
    unlink(path)
  }
}
