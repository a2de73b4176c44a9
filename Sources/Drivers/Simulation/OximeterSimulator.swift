import Vitals

/// The device side of an oximeter's protocol.
protocol FrameEncoder: Sendable {
  /// Frames a minute, so that slow devices have a whole number, too.
  var framesPerMinute: Int { get }

  /// The frame number `index` since power on.
  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8]
  /// What the device answers to bytes from the host, if anything.
  mutating func answer(_ bytes: [UInt8], at instant: Instant) -> [UInt8]
  /// Whether the device sends frames now; most do whenever they are on.
  func isStreaming(at instant: Instant) -> Bool
}

extension FrameEncoder {
  mutating func answer(_ bytes: [UInt8], at instant: Instant) -> [UInt8] { [] }
  func isStreaming(at instant: Instant) -> Bool { true }
}

/// Plays an oximeter: every frame at its own instant, counted from power on, without drift.
struct OximeterSimulator<Encoder: FrameEncoder>: Simulator {
  private let patient: SimulatedPatient
  private let blank: Encoder
  private var encoder: Encoder
  private var wave = PulseWave()
  private var start: Instant?
  private var index = 0

  init(_ encoder: Encoder, patient: SimulatedPatient) {
    self.patient = patient
    self.blank = encoder
    self.encoder = encoder
  }

  var nextDeadline: Instant? {
    start.map {
      let elapsed = Int64(index) * 60_000_000_000 / Int64(encoder.framesPerMinute)
      return Instant(nanoseconds: $0.nanoseconds + elapsed)
    }
  }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let due = nextDeadline, due <= instant {
      if encoder.isStreaming(at: due), let reading = patient.oximetry(due) {
        let rate = reading.status.isDisjoint(with: .withoutNumbers) ? reading.pulseRate : nil
        let pulse = wave.next(rate, framesPerMinute: encoder.framesPerMinute)
        emit(due, encoder.encode(reading, pulse: pulse, index: index))
      }
      index += 1
    }
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    switch input {
    case .opened:
      encoder = blank
      wave = PulseWave()
      start = instant
      index = 0
      advance(to: instant, emit: emit)
    case .bytes(let bytes):
      let answer = encoder.answer(bytes, at: instant)
      if !answer.isEmpty { emit(instant, answer) }
    case .feature: break
    }
  }
}
