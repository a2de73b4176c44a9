import CFramers
import Drivers
import Glibc
import Recording
import Vitals

/// Plays two devices a chair on ptys, a contec-v7 oximeter at 60 packets a second and a suntech
/// cuff, and is a station's SSE client: all in one thread, so that a packet's way from `write()` to
/// the client is timed by one clock.
///
/// Prints the ptys' paths; each device waits for its host. Reads from standard input, and answers
/// with a line each:
/// - `measure PORT SAMPLES SECONDS`: the latencies at that station
/// - `alone SECONDS`: nobody asks; oximeters stream, and each cuff measures every so many seconds
/// - `asked`: as in the beginning
/// - `count`: bytes written so far
///
/// The end of it ends the program.
struct Player {
  private static let period: Int64 = 16_666_667

  private var oximeters: [PlayedOximeter]
  private var cuffs: [PlayedCuff]
  private var events: EventClient?
  private var probe: Probe?
  private var cuffProbe = CuffProbe()
  private var hasSaidStreaming = false
  /// Packets whose turn has come so far, over all oximeters.
  private var turn: Int64 = 0
  private let start = monotonicNanoseconds()

  private static var now: Instant { Instant(nanoseconds: monotonicNanoseconds()) }

  static func run(chairs: Int) {
    signal(SIGPIPE, SIG_IGN)
    var player = Player(chairs: chairs)
    report {
      $0.add("oximeters", player.oximeters.map(\.pty.path))
      $0.add("cuffs", player.cuffs.map(\.pty.path))
    }
    while player.step() {}
  }

  private init(chairs: Int) {
    oximeters = (0..<chairs).map { _ in PlayedOximeter() }
    cuffs = (0..<chairs).map { _ in PlayedCuff(at: Self.now) }
  }

  /// Waits for the next packet's turn, or for anybody to say something.
  ///
  /// False at the end.
  private mutating func step() -> Bool {
    let count = oximeters.count
    var polled = (oximeters.map(\.pty.master) + cuffs.map(\.pty.master)).map(Self.polled)
    polled.append(Self.polled(STDIN_FILENO))
    polled.append(Self.polled(events?.descriptor ?? -1))
    let wait = max(0, due(turn) - monotonicNanoseconds())
    if waiting_poll(&polled, Int32(polled.count), wait) > 0 {
      if polled[2 * count + 1].revents != 0 { readEvents() }
      for index in 0..<count {
        if polled[index].revents != 0 { oximeters[index].readHost() }
        if polled[count + index].revents != 0 {
          cuff(index) { $0.readHost(at: Self.now, noting: $1) }
        }
      }
      if polled[2 * count].revents != 0, !obey() { return false }
    }
    playDue()
    return true
  }

  private static func polled(_ descriptor: Int32) -> pollfd {
    pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  }

  /// Each oximeter has its own place in the sixtieth of a second.
  private func due(_ turn: Int64) -> Int64 {
    let count = Int64(oximeters.count)
    return start + turn / count * Self.period + turn % count * Self.period / count
  }

  private mutating func playDue() {
    while due(turn) <= monotonicNanoseconds() {
      let (index, packet) = (Int(turn) % oximeters.count, Int(turn) / oximeters.count)
      let isOff = probe?.isOff(chair: index, packet: packet) == true
      // Taken before the write: the daemon may be quicker than the return from it.
      if isOff { probe?.noteWrite(chair: index, at: monotonicNanoseconds()) }
      oximeters[index].play(isOff ? LivePacket.off : .on(packet))
      // A cuff's turn comes as often; its deadlines are seconds apart.
      let now = Self.now
      if let due = cuffs[index].nextDeadline, due <= now {
        cuff(index) { $0.advance(to: now, noting: $1) }
      }
      turn += 1
    }
    if !hasSaidStreaming, oximeters.allSatisfy(\.isStreaming) {
      hasSaidStreaming = true
      report { $0.add("streaming", oximeters.count) }
    }
    if let probe, probe.isOver(at: monotonicNanoseconds()) {
      probe.tell(cuffProbe)
      self.probe = nil
      events = nil
    }
  }

  private mutating func cuff(
    _ index: Int, _ body: (inout PlayedCuff, (SunTechReply) -> Void) -> Void
  ) {
    var probe = cuffProbe
    body(&cuffs[index]) { probe.noteWrite($0, chair: index, at: monotonicNanoseconds()) }
    cuffProbe = probe
  }

  /// Obeys one line from standard input.
  private mutating func obey() -> Bool {
    guard let line = readLine() else { return false }
    let words = line.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Int($0) }
    switch (words.first, numbers.count) {
    case ("measure", 3):
      measure(port: UInt16(clamping: numbers[0]), samples: numbers[1], seconds: numbers[2])
    case ("alone", 1): playAlone(every: numbers[0])
    case ("asked", 0): waitForHosts()
    case ("count", 0):
      report {
        $0.add("oximeterBytes", oximeters.reduce(0) { $0 + $1.pty.bytesWritten })
        $0.add("cuffBytes", cuffs.reduce(0) { $0 + $1.pty.bytesWritten })
      }
    default: Bench.fail("“\(line)” is nothing the player knows")
    }
    return true
  }

  private mutating func measure(port: UInt16, samples: Int, seconds: Int) {
    events = EventClient(port: port)
    cuffProbe = CuffProbe()
    probe = Probe(
      chairs: oximeters.count, samples: samples, start: monotonicNanoseconds(),
      nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  private mutating func playAlone(every seconds: Int) {
    let now = Self.now
    for index in cuffs.indices {
      oximeters[index].stream(true)
      let first = Duration.seconds(seconds) * index / cuffs.count
      cuffs[index].measureAlone(every: .seconds(seconds), from: now + first)
    }
    hasSaidStreaming = true
    report { $0.add("alone", cuffs.count) }
  }

  private mutating func waitForHosts() {
    for index in cuffs.indices {
      oximeters[index].stream(false)
      cuffs[index] = cuffs[index].asNew(at: Self.now)
    }
    hasSaidStreaming = false
    report { $0.add("asked", cuffs.count) }
  }

  private mutating func readEvents() {
    guard let messages = events?.read() else { Bench.fail("the event stream broke off") }
    let now = monotonicNanoseconds()
    for message in messages {
      probe?.noteMessage(message, at: now)
      cuffProbe.noteMessage(message, at: now)
    }
  }
}
