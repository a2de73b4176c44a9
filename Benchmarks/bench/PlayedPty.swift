import CLinux
import Drivers
import Glibc

/// The device's end of one pty.
struct PlayedPty {
  let master: Int32
  let path: String
  private(set) var isStreaming = false
  /// What the host has sent, as far as it may be the beginning of a command.
  private var heard: [UInt8] = []

  init() {
    var name = [CChar](repeating: 0, count: 64)
    master = clinux_open_pty_master(&name, name.count)
    guard master >= 0 else { Bench.fail("no pty left") }
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    // Kept open, so that the device's end does not hang up while nobody listens; raw before
    // anybody writes, since a fresh tty echoes.
    let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var attributes = termios()
    tcgetattr(slave, &attributes)
    cfmakeraw(&attributes)
    tcsetattr(slave, TCSANOW, &attributes)
  }

  /// Looks for the start command in what the host sent.
  mutating func readHost() {
    var room = [UInt8](repeating: 0, count: 256)
    let count = read(master, &room, room.count)
    guard count > 0, !isStreaming else { return }
    heard += room[..<count]
    let start = ContecV7Command.startLive.encoded
    for index in heard.indices where heard[index...].starts(with: start) { isStreaming = true }
    heard = heard.suffix(start.count - 1)
  }

  func play(_ packet: LivePacket) {
    guard isStreaming else { return }
    let bytes = packet.encoded
    _ = write(master, bytes, bytes.count)
  }
}
