public import Drivers
public import Vitals

/// A patient whose signal goes through everything an oximeter can report, a stretch at a time.
public struct Course: Sendable {
  /// How long each stretch lasts.
  public let stretch: Duration

  public init(stretch: Duration) { self.stretch = stretch }

  /// What the oximeter reads in each stretch.
  public static let stretches: [OximeterReading] = [
    reading(97, 72, 350),
    reading(97, 139, 350, [.artifact]),
    reading(88, 150, 120, [.desaturating, .lowPerfusion]),
    OximeterReading(status: .sensorOff),
    OximeterReading(status: .searching),
    reading(62, 62, 62, [.marginalPerfusion, .lowBattery]),
    reading(93, 250, 2000, [.highQuality]),
    OximeterReading(status: .sensorDisconnected),
    reading(100, 45, 40),
  ]

  /// A reading with all numbers.
  public static func reading(
    _ saturation: Int, _ rate: Int, _ perfusion: Int, _ status: SignalStatus = []
  ) -> OximeterReading {
    OximeterReading(
      saturation: Saturation(percent: saturation), pulseRate: PulseRate(perMinute: rate),
      perfusionIndex: PerfusionIndex(hundredths: perfusion), status: status)
  }

  /// The determinations of a cuff on this patient, one after the other.
  public static let determinations: [Determination] = [
    result(128, 79, 95, 71), .failed(.cuffLeak), result(115, 62, 88, 85),
  ]

  private static func result(_ systolic: Int, _ diastolic: Int, _ mean: Int, _ rate: Int)
    -> Determination
  {
    pressure(systolic, diastolic, mean, rate).map(Determination.result) ?? .failed(.implausible)
  }

  private static func pressure(_ systolic: Int, _ diastolic: Int, _ mean: Int, _ rate: Int)
    -> BloodPressure?
  {
    BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: mean,
      pulseRate: PulseRate(perMinute: rate))
  }

  /// Pressures that a monitor measures by itself, one every third stretch.
  private static let pressures = [
    pressure(118, 71, 90, 66), pressure(152, 96, 118, 91), pressure(101, 58, 74, 58),
  ]

  /// Breaths per minute, one rate a stretch.
  private static let breathing = [14, 11, 8, 0, 22].map { RespirationRate(perMinute: $0) }

  /// The patient as devices see it.
  public var patient: SimulatedPatient {
    let nanoseconds = stretch.nanoseconds
    return SimulatedPatient(
      oximetry: { instant in
        Self.stretches[Int(instant.nanoseconds / nanoseconds) % Self.stretches.count]
      },
      determination: { instant in
        SimulatedDetermination(
          duration: .seconds(8),
          outcome: Self.determinations[
            Int(instant.nanoseconds / 10_000_000_000) % Self.determinations.count])
      },
      lastPressure: { instant in
        let index = Int(instant.nanoseconds / (3 * nanoseconds))
        guard instant >= .zero, let pressure = Self.pressures[index % Self.pressures.count] else {
          return nil
        }
        return (Instant(nanoseconds: Int64(index) * 3 * nanoseconds), pressure)
      },
      respiration: { instant in
        Self.breathing[Int(instant.nanoseconds / nanoseconds) % Self.breathing.count]
      },
      presses: { Int($0.nanoseconds / nanoseconds).isMultiple(of: 2) })
  }

  /// From the first stretch to the end of the last.
  public var length: Duration { .nanoseconds(stretch.nanoseconds * Int64(Self.stretches.count)) }
}
