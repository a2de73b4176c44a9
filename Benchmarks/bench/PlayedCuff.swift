import Drivers
import Vitals

/// A suntech cuff on its pty; it answers its host, or one that is played here as well.
///
/// The host played here gives a program that only reads the same bytes as a daemon gets that polls.
struct PlayedCuff {
  /// How long it takes to measure: 128/79, always.
  static let duration = Duration.seconds(25)

  private(set) var pty: PlayedPty
  private var simulator: any Simulator
  /// The host played here, and when it next measures.
  private var host: (driver: any Driver, period: Duration, next: Instant)?

  private static let model: Model = {
    guard let model = Catalog.model(id: "suntech") else { Bench.fail("there is no suntech") }
    return model
  }()

  private static let patient = SimulatedPatient(
    oximetry: { _ in nil },
    determination: { _ in
      let pressure = BloodPressure(
        systolic: 128, diastolic: 79, mean: 95, pulseRate: PulseRate(perMinute: 72))
      return SimulatedDetermination(
        duration: duration, outcome: pressure.map(Determination.result) ?? .failed(.hardware))
    })

  init(on pty: PlayedPty = PlayedPty(), at now: Instant) {
    self.pty = pty
    simulator = Self.model.makeSimulator(Self.patient)
    simulator.handle(.opened, at: now) { _, _ in }
  }

  /// When ``advance(to:)`` must be called.
  var nextDeadline: Instant? {
    earliest(
      simulator.nextDeadline, earliest(host?.driver.nextDeadline, host.map { $0.next }))
  }

  /// Measures every `period`, for a host that is played here.
  mutating func measureAlone(every period: Duration, from first: Instant) {
    host = (Self.model.makeDriver(), period, first)
  }

  /// The same cuff, switched off and on; it waits for its host.
  func asNew(at now: Instant) -> PlayedCuff {
    pty.flush()
    return PlayedCuff(on: pty, at: now)
  }

  mutating func readHost(at now: Instant, noting note: (SunTechReply) -> Void) {
    let bytes = pty.read()
    if !bytes.isEmpty { hear(bytes, at: now, noting: note) }
  }

  mutating func advance(to now: Instant, noting note: (SunTechReply) -> Void) {
    var said: [[UInt8]] = []
    simulator.advance(to: now) { said.append($1) }
    say(said, at: now, noting: note)
    guard let host else { return }
    if host.next <= now {
      self.host?.next = host.next + host.period
      tellHost(.order(.start), at: now, noting: note)
    } else {
      var commands: [[UInt8]] = []
      self.host?.driver.advance(to: now) {
        if case .send(let bytes) = $1 { commands.append(bytes) }
      }
      for command in commands { hear(command, at: now, noting: note) }
    }
  }

  private mutating func hear(
    _ command: [UInt8], at now: Instant, noting note: (SunTechReply) -> Void
  ) {
    var said: [[UInt8]] = []
    simulator.handle(.bytes(command), at: now) { said.append($1) }
    say(said, at: now, noting: note)
  }

  private mutating func say(
    _ replies: [[UInt8]], at now: Instant, noting note: (SunTechReply) -> Void
  ) {
    for reply in replies {
      if let meaning = SunTechReply(reply.span) { note(meaning) }
      pty.write(reply)
      tellHost(.bytes(reply), at: now, noting: note)
    }
  }

  private mutating func tellHost(
    _ input: DriverInput, at now: Instant, noting note: (SunTechReply) -> Void
  ) {
    var commands: [[UInt8]] = []
    host?.driver.handle(input, at: now) {
      if case .send(let bytes) = $1 { commands.append(bytes) }
    }
    for command in commands { hear(command, at: now, noting: note) }
  }
}
