import Vitals

/// A synthetic plethysmogram that beats at a given rate.
struct PulseWave: Sendable {
  struct Sample: Sendable {
    /// 0...100.
    var level: UInt8
    /// Whether a heart beat falls on this sample.
    var isBeat: Bool
  }

  /// One beat: the upstroke, the dicrotic notch, the run-off.
  private static let shape: [32 of UInt8] = [
    8, 24, 46, 68, 86, 96, 100, 98, 92, 84, 75, 66, 58, 52, 48, 46,
    47, 49, 50, 49, 46, 42, 38, 34, 30, 26, 23, 20, 17, 14, 11, 9,
  ]

  /// Where in the beat we are, in 1/2^32.
  private var phase: UInt32 = 0

  /// The next sample; flat without a pulse.
  mutating func next(_ rate: PulseRate?, framesPerMinute: Int) -> Sample {
    guard let rate else { return Sample(level: 50, isBeat: false) }
    let step = (UInt64(rate.perMinute) << 32) / UInt64(framesPerMinute)
    let (sum, isBeat) = phase.addingReportingOverflow(UInt32(truncatingIfNeeded: step))
    phase = sum
    return Sample(level: Self.shape[Int(phase >> 27)], isBeat: isBeat)
  }
}
