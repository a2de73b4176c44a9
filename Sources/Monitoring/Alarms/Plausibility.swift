import Vitals

/// Which numbers are possible but improbable (`clinical.md` 4.1).
///
/// A dying patient looks implausible: such a number alarms, and the text asks for a look at the
/// sensor. What is impossible is refused by the types in `Vitals`.
enum Plausibility {
  /// Under 0.1 % there is no pulse wave to take a number from (`clinical.md` 4.2).
  static let leastPerfusionHundredths = 10
  /// More than this from one second to the next is an artifact where the signal is doubtful.
  private static let saturationJump = 8
  private static let pulseJump = 40
  /// Marks that leave a number usable and make a leap of it incredible.
  private static let doubtful: SignalStatus = [
    .lowConfidence, .lowPerfusion, .marginalPerfusion,
  ]

  static func isImprobable(saturation: Int) -> Bool { saturation < 60 }
  static func isImprobable(pulseRate: Int) -> Bool { pulseRate < 30 || pulseRate > 200 }

  static func isImprobable(_ pressure: BloodPressure) -> Bool {
    let width = pressure.systolic - pressure.diastolic
    let expected = (pressure.systolic + 2 * pressure.diastolic) / 3
    return pressure.systolic < 60 || pressure.systolic > 240 || width < 15 || width > 130
      || abs(pressure.mean - expected) > 15
  }

  /// Whether a reading has too little pulse wave for its numbers to be judged.
  static func isTooWeak(_ reading: OximeterReading) -> Bool {
    reading.perfusionIndex.map { $0.hundredths < leastPerfusionHundredths } == true
  }

  /// Whether a number leaps from the second before under a mark that makes it incredible.
  static func isLeap(_ reading: OximeterReading, after before: OximeterReading) -> Bool {
    guard !reading.status.isDisjoint(with: doubtful) else { return false }
    func isFar(_ a: Int?, _ b: Int?, _ most: Int) -> Bool {
      if let a, let b { abs(a - b) > most } else { false }
    }
    return isFar(reading.saturation?.percent, before.saturation?.percent, saturationJump)
      || isFar(reading.pulseRate?.perMinute, before.pulseRate?.perMinute, pulseJump)
  }
}
