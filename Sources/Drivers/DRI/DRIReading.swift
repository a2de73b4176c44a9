public import Vitals

/// What a record says.
extension DRIRecord {
  /// Every mark an oximetry reading can carry.
  static let reports: SignalStatus = [.sensorOff, .sensorDisconnected]

  private static let special: ClosedRange<Int16> = .min ... -32001

  private static func value(_ word: Int16) -> Int? { special.contains(word) ? nil : Int(word) }

  private static func hundredths(_ word: Int16) -> Int? {
    value(word).map { (($0 + 50) / 100) }
  }

  /// What the oximeter says.
  public var reading: OximeterReading {
    guard oximetry.status.contains(.exists) else {
      return OximeterReading(status: .sensorDisconnected)
    }
    guard oximetry.status.contains(.active) else { return OximeterReading(status: .sensorOff) }
    return OximeterReading(
      saturation: Self.hundredths(oximetry.saturation).flatMap(Saturation.init),
      pulseRate: Self.value(oximetry.pulseRate).flatMap(PulseRate.init))
  }

  /// Breathing, by the gas that is breathed out where that is measured: electrodes take a moving heart
  /// for a breath.
  var respiration: RespirationRate? {
    for breathing in [gas, impedance] where breathing.status.contains(.measures) {
      let rate = Self.value(breathing.rate).flatMap(Int.init).flatMap(RespirationRate.init)
      if let rate { return rate }
    }
    return nil
  }

  /// The pressure the monitor shows, new or old; `nil` for none.
  var shownPressure: ShownPressure? {
    guard pressure.status.contains(.measures),
      let systolic = Self.hundredths(pressure.systolic),
      let diastolic = Self.hundredths(pressure.diastolic)
    else { return nil }
    return ShownPressure(
      systolic: systolic, diastolic: diastolic, mean: Self.hundredths(pressure.mean),
      pulseRate: Self.value(pressure.pulseRate).flatMap(PulseRate.init))
  }
}
