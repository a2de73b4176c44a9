import Drivers
import Vitals

/// A patient whose signal goes through everything an oximeter can report, a stretch at a time.
struct Course {
  /// How long each stretch lasts.
  let stretch: Duration

  static let stretches: [OximeterReading] = [
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

  static func reading(
    _ saturation: Int, _ rate: Int, _ perfusion: Int, _ status: SignalStatus = []
  ) -> OximeterReading {
    OximeterReading(
      saturation: Saturation(percent: saturation), pulseRate: PulseRate(perMinute: rate),
      perfusionIndex: PerfusionIndex(hundredths: perfusion), status: status)
  }

  /// The determinations of a cuff on this patient, one after the other.
  static let determinations: [Determination] = [
    .result(pressure(128, 79, 95, 71)), .failed(.cuffLeak), .result(pressure(115, 62, 88, 85)),
  ]

  static func pressure(_ systolic: Int, _ diastolic: Int, _ mean: Int, _ rate: Int)
    -> BloodPressure
  {
    BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: mean,
      pulseRate: PulseRate(perMinute: rate))!
  }

  var patient: SimulatedPatient {
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
      })
  }

  var length: Duration { .nanoseconds(stretch.nanoseconds * Int64(Self.stretches.count)) }
}
