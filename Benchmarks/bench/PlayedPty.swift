import CLinux
import Glibc

/// The device's end of one pty.
struct PlayedPty {
  let master: Int32
  let path: String
  /// Kept open, so that the device's end does not hang up while nobody listens.
  private let slave: Int32
  private(set) var bytesWritten = 0

  init() {
    var name = [CChar](repeating: 0, count: 64)
    master = clinux_open_pty_master(&name, name.count)
    guard master >= 0 else { Bench.fail("no pty left") }
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    // Raw before anybody writes, since a fresh tty echoes.
    var attributes = termios()
    tcgetattr(slave, &attributes)
    cfmakeraw(&attributes)
    tcsetattr(slave, TCSANOW, &attributes)
  }

  /// What the host has sent since the last call.
  func read() -> [UInt8] {
    var room = [UInt8](repeating: 0, count: 256)
    let count = Glibc.read(master, &room, room.count)
    return Array(room.prefix(max(0, count)))
  }

  mutating func write(_ bytes: [UInt8]) {
    bytesWritten += max(0, Glibc.write(master, bytes, bytes.count))
  }

  /// Forgets what nobody has read.
  func flush() { tcflush(slave, TCIOFLUSH) }
}
