import Glibc

/// How far something is, on a terminal's last line of standard error, or when it is asked for.
final class ProgressMeter {
  private let name: String
  private let isShown: Bool
  private var percent = -1

  init(_ name: String, isForced: Bool = false) {
    self.name = name
    isShown = isForced || isatty(STDERR_FILENO) != 0
  }

  /// `share` from 0 to 1.
  func show(_ share: Double) {
    let percent = Int(share * 100)
    guard isShown, percent != self.percent else { return }
    self.percent = percent
    write("\r\(name): \(percent) %")
  }

  func end() {
    if isShown, percent >= 0 { write("\n") }
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
