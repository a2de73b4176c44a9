import Drivers
import Vitals

/// Bytes as devices send them.
enum Streams {
  /// A patient with every number, none of them at rest.
  private static let patient = SimulatedPatient(
    oximetry: { instant in
      let second = Int(instant.nanoseconds / 1_000_000_000)
      return OximeterReading(
        saturation: Saturation(percent: 97 - second % 5),
        pulseRate: PulseRate(perMinute: 72 + second % 20),
        perfusionIndex: PerfusionIndex(hundredths: 350))
    },
    determination: { _ in
      SimulatedDetermination(duration: .seconds(20), outcome: .failed(.motion))
    })

  /// What a device says in so many seconds of undisturbed work.
  static func oximeter(_ model: Model, seconds: Int) -> [[UInt8]] {
    var frames: [[UInt8]] = []
    var simulator = model.makeSimulator(patient)
    simulator.handle(.opened, at: .zero) { frames.append($1) }
    for second in stride(from: 0, to: seconds, by: 10) {
      // Contec's must be asked, and again before it loses patience.
      if model.id == "contec-v7" {
        let ask = ContecV7Command.startLive.encoded
        simulator.handle(.bytes(ask), at: .seconds(second)) { frames.append($1) }
      }
      simulator.advance(to: .seconds(min(second + 10, seconds))) { frames.append($1) }
    }
    return frames
  }

  /// What a cuff says in a determination: it begins, its pressure 40 times, it ends, the result.
  static func cuff(determinations: Int) -> [[UInt8]] {
    (0..<determinations).flatMap { number in
      let pressures = (0..<40).map { SunTechReply.cuffPressure(mmHg: 180 - 3 * $0) }
      var result = SunTechResult()
      result.systolic = UInt16(118 + number % 20)
      result.diastolic = 76
      result.mean = 91
      result.heartRate = 72
      let replies =
        [SunTechReply.letter(.begun)] + pressures + [.letter(.done), .result(result)]
      return replies.map(\.encoded)
    }
  }

  /// The same bytes in chunks of one size.
  static func chunks(_ bytes: [UInt8], of size: Int) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
  }
}
