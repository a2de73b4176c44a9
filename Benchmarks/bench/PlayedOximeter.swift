import Drivers

/// A contec-v7 oximeter on its pty: silent until its host has sent the start command.
struct PlayedOximeter {
  private(set) var pty = PlayedPty()
  private(set) var isStreaming = false
  /// What the host has sent, as far as it may be the beginning of a command.
  private var heard: [UInt8] = []

  /// Looks for the start command in what the host sent.
  mutating func readHost() {
    let bytes = pty.read()
    guard !bytes.isEmpty, !isStreaming else { return }
    heard += bytes
    let start = ContecV7Command.startLive.encoded
    for index in heard.indices where heard[index...].starts(with: start) { isStreaming = true }
    heard = heard.suffix(start.count - 1)
  }

  /// Streams without being asked, or waits for it anew.
  mutating func stream(_ isStreaming: Bool) {
    self.isStreaming = isStreaming
    heard = []
    if !isStreaming { pty.flush() }
  }

  mutating func play(_ packet: LivePacket) {
    if isStreaming { pty.write(packet.encoded) }
  }
}
