import Vitals

/// The device side of a cuff's protocol.
protocol CuffFace: Sendable {
  /// How often the device tells by itself how it is getting on; `nil` when it must be asked.
  static var tellsEvery: Duration? { get }

  init()

  /// Takes one byte from the host; what it heard when the byte completes a command.
  mutating func take(_ byte: UInt8) -> HeardCommand?
  /// What the device says; nothing when it says nothing.
  func words(for occasion: CuffOccasion, of cuff: SimulatedCuff, at instant: Instant) -> [UInt8]
}

/// What a simulated device makes of a command.
enum HeardCommand: Sendable {
  case request(CuffRequest)
  case reset
  /// Something that moves no air, with its answer.
  case other([UInt8])
}

/// What a simulated device speaks about.
enum CuffOccasion: Sendable {
  case begun, busy, aborted, wasReset, finished, progress, result
}

/// Plays a cuff: answers the host, inflates, deflates, measures.
struct CuffSimulator<Face: CuffFace>: Simulator {
  /// Long enough for any host to lose patience.
  private let sulk = Duration.seconds(10)

  private let patient: SimulatedPatient
  private var face = Face()
  private var cuff = SimulatedCuff()
  private var isOn = false
  /// Until when it answers nothing.
  private var deafUntil: Instant?
  private var tellAt: Instant?

  init(patient: SimulatedPatient) { self.patient = patient }

  var nextDeadline: Instant? { earliest(cuff.run?.end, tellAt) }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let due = nextDeadline, due <= instant {
      if cuff.run?.end == due {
        tellAt = nil
        // A line that dies leaves nothing to say.
        if cuff.finish() == .failed(.connectionLost) { isOn = false }
        say(.finished, at: due, emit: emit)
      } else {
        tellAt = Face.tellsEvery.map { due + $0 }
        say(.progress, at: due, emit: emit)
      }
    }
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    switch input {
    case .opened:
      isOn = true
      face = Face()
      cuff.switchOn(at: instant)
    case .bytes(let bytes):
      for byte in bytes {
        guard isOn, deafUntil.map({ $0 <= instant }) != false else { continue }
        if let heard = face.take(byte) { obey(heard, at: instant, emit: emit) }
      }
    case .feature: break
    }
  }

  private mutating func obey(
    _ heard: HeardCommand, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    switch heard {
    case .request(.start): start(at: instant, emit: emit)
    case .request(.abort):
      tellAt = nil
      cuff.abort()
      say(.aborted, at: instant, emit: emit)
    case .request(.poll): say(.progress, at: instant, emit: emit)
    case .request(.result): say(.result, at: instant, emit: emit)
    case .reset:
      tellAt = nil
      cuff.abort()
      say(.wasReset, at: instant, emit: emit)
    case .other(let answer): emit(instant, answer)
    }
  }

  private mutating func start(at instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    guard cuff.run == nil else { return say(.busy, at: instant, emit: emit) }
    let determination = patient.determination(instant)
    if determination.outcome == .failed(.noAnswer) {
      deafUntil = instant + sulk
      return
    }
    cuff.start(determination, at: instant)
    tellAt = Face.tellsEvery.map { instant + $0 }
    say(.begun, at: instant, emit: emit)
  }

  private func say(
    _ occasion: CuffOccasion, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    guard isOn else { return }
    let words = face.words(for: occasion, of: cuff, at: instant)
    if !words.isEmpty { emit(instant, words) }
  }
}
