import Glibc

/// The kernel's name for this boot; boot time counts from it.
enum BootID {
  static let current: String = {
    let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "unknown" }
    defer { close(descriptor) }
    var room = [UInt8](repeating: 0, count: 64)
    let count = read(descriptor, &room, room.count)
    return String(decoding: room.prefix(max(0, count)), as: UTF8.self)
      .filter { !$0.isWhitespace }
  }()
}
