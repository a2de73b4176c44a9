import Glibc
import Secrets
import Station
import Store
import Vitals

/// The file `PATH.passes` beside a log: what seals the passes of people who have logged in, and under it
/// a line for each who has logged out since, as long as his pass would have been good.
///
/// Made at the first start. Whoever reads it can look at the wall as anybody, so only the service user
/// may; without it everybody logs in anew.
struct PassFile: Sendable {
  let key: PassKey
  /// Nonces of passes that are worth nothing any more.
  let ended: Set<String>
  private let path: String

  init(log: String, at now: WallTime) throws(StoreError) {
    path = log + ".passes"
    let text = access(path, F_OK) == 0 ? try TextFile.read(path) : ""
    var lines = text.split(separator: "\n").map(String.init)
    if lines.first?.utf8.count != 64 { lines = [Randomness.hexadecimal(bytes: 32)] }
    let recent = lines.dropFirst().filter { line in
      Int64(line.drop { $0 != " " }.dropFirst()).map { now.milliseconds - $0 <= Pass.longest }
        == true
    }
    try TextFile.replace(
      path, ([lines[0]] + recent).map { $0 + "\n" }.joined(), mode: 0o600, isDurable: true)
    key = PassKey(Array(lines[0].utf8))
    ended = Set(recent.map { String($0.prefix { $0 != " " }) })
  }

  /// Keeps the end of a pass beyond the next start.
  func noteEnd(of pass: Pass) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let line = Array("\(pass.nonce) \(pass.issuedAt.milliseconds)\n".utf8)
    _ = write(descriptor, line, line.count)
    _ = fsync(descriptor)
  }
}
