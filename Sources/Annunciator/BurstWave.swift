import Glibc
public import Monitoring

/// A burst as sound: 16-bit samples, one channel.
///
/// The same pulses as the pages render: a sum of sines in the strengths of ``Burst/partials``, under
/// an envelope of straight lines.
public enum BurstWave {
  /// Samples in a second.
  public static let rate = 48_000

  /// The samples of a burst, from the start of its first pulse to the end of its last.
  public static func samples(of burst: Burst) -> [Int16] {
    let strengths = Burst.partials.map { Double($0) / 100 }
    // So loud that all partials at once just fit.
    let scale = Double(burst.level) / 100 / strengths.reduce(0, +) * Double(Int16.max)
    var samples = [Int16](repeating: 0, count: count(milliseconds: burst.length))
    for (number, start) in burst.starts.enumerated() {
      let first = count(milliseconds: start)
      let tone = Double(burst.tones[number % burst.tones.count]) / 100
      for index in 0..<count(milliseconds: burst.duration) {
        let time = Double(index) / Double(rate)
        var value = 0.0
        for (multiple, strength) in strengths.enumerated() {
          value += strength * sin(2 * .pi * tone * Double(multiple + 1) * time)
        }
        let sample = value * scale * envelope(burst, at: time * 1000)
        samples[first + index] = Int16(sample.rounded())
      }
    }
    return samples
  }

  /// From 0 to 1: a straight rise, a plateau, a straight fall.
  private static func envelope(_ burst: Burst, at milliseconds: Double) -> Double {
    let (ramp, duration) = (Double(burst.ramp), Double(burst.duration))
    return max(0, min(1, milliseconds / ramp, (duration - milliseconds) / ramp))
  }

  private static func count(milliseconds: Int) -> Int { milliseconds * rate / 1000 }

  /// A file that any player takes (RIFF, PCM).
  public static func wav(_ samples: [Int16]) -> [UInt8] {
    var bytes: [UInt8] = []
    func put(_ value: UInt32) {
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    func put(_ value: UInt16) {
      bytes += (0..<2).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    let size = UInt32(samples.count * 2)
    bytes += Array("RIFF".utf8)
    put(36 + size)
    bytes += Array("WAVEfmt ".utf8)
    put(UInt32(16))
    // PCM, one channel.
    put(UInt16(1))
    put(UInt16(1))
    put(UInt32(rate))
    put(UInt32(rate * 2))
    put(UInt16(2))
    put(UInt16(16))
    bytes += Array("data".utf8)
    put(size)
    bytes.reserveCapacity(bytes.count + samples.count * 2)
    for sample in samples { put(UInt16(bitPattern: sample)) }
    return bytes
  }

  /// A tenth of a second of nothing: whether the player and its device work, without a sound.
  public static var silence: [UInt8] { wav([Int16](repeating: 0, count: rate / 10)) }
}
