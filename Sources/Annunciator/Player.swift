import CLinux
import Glibc

/// The program that gives a sound to the loudspeaker: ALSA's `aplay`, or one that is called like it.
public struct Player: Hashable, Sendable {
  /// Where it lies.
  public let path: String
  /// The ALSA device, such as `default` or `hw:1,0`.
  public let device: String

  /// Takes a program by its path.
  public init(path: String, device: String) {
    self.path = path
    self.device = device
  }

  /// Looks for `aplay` where programs lie; `nil` when it is not installed.
  public init?(device: String) {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    let paths = folders.split(separator: ":").map { "\($0)/aplay" }
    guard let path = paths.first(where: { access($0, X_OK) == 0 }) else { return nil }
    self.init(path: path, device: device)
  }

  /// Whether the program is there and may be run; says nothing of the device.
  public var isThere: Bool { access(path, X_OK) == 0 }

  /// What it is called with; the sound comes on its standard input.
  private var arguments: [String] { [path, "-q", "-D", device] }

  /// Plays a sound to its end.
  ///
  /// Returns why not, or `nil`. Blocks as long as it takes.
  public func play(_ sound: [UInt8]) -> String? {
    do throws(PlayerError) {
      let process = try start(sound)
      defer { close(process.ended) }
      return failure(of: process)
    } catch { return error.description }
  }

  /// A player at work.
  struct Process {
    let pid: Int32
    /// Readable when the process has ended.
    let ended: Int32
    /// What it has to complain about.
    let complaints: Int32
  }

  /// Starts it with a sound.
  ///
  /// Waits for nobody: the sound lies in memory, where the program reads it at its own pace.
  func start(_ sound: [UInt8]) throws(PlayerError) -> Process {
    let input = clinux_memory_file("chairside-sound")
    let complaints = clinux_memory_file("chairside-player")
    defer { if input >= 0 { close(input) } }
    guard input >= 0, complaints >= 0 else {
      let code = errno
      if complaints >= 0 { close(complaints) }
      throw PlayerError("no memory for a sound (errno \(code))")
    }
    let written = sound.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
    guard written == sound.count, lseek(input, 0, SEEK_SET) == 0 else {
      close(complaints)
      throw PlayerError("no memory for a sound (errno \(errno))")
    }
    let words = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid: Int32 = 0
    let ended = clinux_start_player(path, words, input, complaints, &pid)
    guard ended >= 0 else {
      let code = errno
      close(complaints)
      throw PlayerError("\(path) does not start: \(String(cString: strerror(code)))")
    }
    return Process(pid: pid, ended: ended, complaints: complaints)
  }

  /// Reaps a player that has ended; `nil` when it did what it should.
  func failure(of process: Process) -> String? {
    defer { close(process.complaints) }
    var status: Int32 = 0
    while waitpid(process.pid, &status, 0) < 0, errno == EINTR {}
    guard status != 0 else { return nil }
    var text = [UInt8](repeating: 0, count: 400)
    let count = pread(process.complaints, &text, text.count, 0)
    let said =
      String(decoding: text.prefix(max(0, count)), as: UTF8.self)
      .split(separator: "\n").first.map { ": \($0)" } ?? ""
    let signal = status & 0x7f
    return signal == 0
      ? "\(path) ended with \((status >> 8) & 0xff)\(said)"
      : "\(path) was ended by signal \(signal)"
  }
}

/// Why a player could not be started.
struct PlayerError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
