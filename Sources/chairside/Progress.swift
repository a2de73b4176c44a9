import Foundation

/// How far a long job is, on standard error: one line that changes on a terminal, lines elsewhere,
/// and nothing elsewhere unless it was asked for.
struct Progress {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let isShown: Bool
  private var percent = -1

  init(isAsked: Bool) { isShown = isAsked || isatty(STDERR_FILENO) == 1 }

  mutating func say(_ words: String) {
    guard isShown else { return }
    percent = -1
    isTerminal ? replaceLine(words) : Console.error(words)
  }

  /// Says how much of something is done, at every tenth of it.
  mutating func say(_ words: String, done: Int, of whole: Int) {
    let now = whole == 0 ? 100 : done * 100 / whole / 10 * 10
    guard isShown, now > percent else { return }
    percent = now
    isTerminal ? replaceLine("\(words): \(now) %") : Console.error("\(words): \(now) %")
  }

  /// Leaves what was said last.
  func end() {
    if isShown, isTerminal { Console.error("") }
  }

  private func replaceLine(_ words: String) {
    FileHandle.standardError.write(Data("\r\u{1b}[K\(words)".utf8))
  }
}
