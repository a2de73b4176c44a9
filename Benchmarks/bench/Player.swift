import CFramers
import Glibc
import Recording

/// Plays contec-v7 oximeters on ptys, 60 packets a second each, and is a station's SSE client: both
/// in one thread, so that a packet's way from `write()` to the client is timed by one clock.
///
/// Prints the ptys' paths; streams on each once its host has sent the start command. Reads from
/// standard input: `measure PORT SAMPLES SECONDS`; the end of it ends the program.
struct Player {
  private static let period: Int64 = 16_666_667

  private var ptys: [PlayedPty]
  private var events: EventClient?
  private var probe: Probe?
  private var hasSaidStreaming = false
  /// Packets whose turn has come so far, over all ptys.
  private var turn: Int64 = 0
  private let start = monotonicNanoseconds()

  static func run(chairs: Int) {
    signal(SIGPIPE, SIG_IGN)
    var player = Player(ptys: (0..<chairs).map { _ in PlayedPty() })
    report { $0.add("paths", player.ptys.map(\.path)) }
    while player.step() {}
  }

  private init(ptys: [PlayedPty]) { self.ptys = ptys }

  /// Waits for the next packet's turn, or for anybody to say something.
  ///
  /// False at the end.
  private mutating func step() -> Bool {
    var polled = ptys.map { pollfd(fd: $0.master, events: Int16(POLLIN), revents: 0) }
    polled.append(pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0))
    polled.append(pollfd(fd: events?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
    let wait = max(0, due(turn) - monotonicNanoseconds())
    if waiting_poll(&polled, Int32(polled.count), wait) > 0 {
      if polled[ptys.count + 1].revents != 0 { readEvents() }
      for index in ptys.indices where polled[index].revents != 0 { ptys[index].readHost() }
      if polled[ptys.count].revents != 0, !obey() { return false }
    }
    playDue()
    return true
  }

  /// Each pty has its own place in the sixtieth of a second.
  private func due(_ turn: Int64) -> Int64 {
    let count = Int64(ptys.count)
    return start + turn / count * Self.period + turn % count * Self.period / count
  }

  private mutating func playDue() {
    while due(turn) <= monotonicNanoseconds() {
      let (index, packet) = (Int(turn) % ptys.count, Int(turn) / ptys.count)
      let isOff = probe?.isOff(chair: index, packet: packet) == true
      // Taken before the write: the daemon may be quicker than the return from it.
      if isOff { probe?.noteWrite(chair: index, at: monotonicNanoseconds()) }
      ptys[index].play(isOff ? LivePacket.off : .on(packet))
      turn += 1
    }
    if !hasSaidStreaming, ptys.allSatisfy(\.isStreaming) {
      hasSaidStreaming = true
      report { $0.add("streaming", ptys.count) }
    }
    if let probe, probe.isOver(at: monotonicNanoseconds()) {
      probe.tell()
      self.probe = nil
      events = nil
    }
  }

  /// Obeys one line from standard input.
  private mutating func obey() -> Bool {
    guard let line = readLine() else { return false }
    let words = line.split(separator: " ")
    guard words.count == 4, words[0] == "measure", let port = UInt16(words[1]),
      let samples = Int(words[2]), let seconds = Int(words[3])
    else { Bench.fail("“\(line)” is not measure PORT SAMPLES SECONDS") }
    events = EventClient(port: port)
    let now = monotonicNanoseconds()
    probe = Probe(
      chairs: ptys.count, samples: samples, start: now, nanoseconds: Int64(seconds) * 1_000_000_000)
    return true
  }

  private mutating func readEvents() {
    guard let messages = events?.read() else { Bench.fail("the event stream broke off") }
    let now = monotonicNanoseconds()
    for message in messages { probe?.noteMessage(message, at: now) }
  }
}
