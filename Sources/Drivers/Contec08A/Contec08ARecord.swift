public import Vitals

/// One blood pressure out of a Contec 08A's memory (`protocols.md` 2.5).
///
/// Seven bits a byte, bit 7 always set:
/// ```
/// 82 80 94 D5 C8 E9 97 85 80 81 8D 89 80 91   148/85 (105), pulse 72, 2023-05-01 13:09
/// fl    sy di pu me yy mm    dd hh mi
/// ```
public struct Contec08ARecord: Hashable, Sendable {
  static let length = 14

  /// The lower seven bits of byte 0; bit 1 was set in every record seen, all of 128 and more.
  public var flags: UInt8
  /// The lower seven bits of each pressure in mmHg, and of the pulse rate.
  public var systolic: UInt8
  public var diastolic: UInt8
  public var pulseRate: UInt8
  public var mean: UInt8
  /// When the device's clock says it was taken.
  public var time: DeviceTime

  /// Reads the first bytes of a report, or `nil` when they are no record.
  public init?(_ report: Span<UInt8>) {
    guard report.count >= Self.length else { return nil }
    for index in 0..<Self.length where report[index] < 0x80 { return nil }
    guard report[1] == 0x80, report[8] == 0x80, report[12] == 0x80, report[13] == 0x91,
      let time = DeviceTime(
        year: 2000 + Int(report[6] & 0x7F), month: Int(report[7] & 0x7F),
        day: Int(report[9] & 0x7F), hour: Int(report[10] & 0x7F), minute: Int(report[11] & 0x7F))
    else { return nil }
    flags = report[0] & 0x7F
    systolic = report[2] & 0x7F
    diastolic = report[3] & 0x7F
    pulseRate = report[4] & 0x7F
    mean = report[5] & 0x7F
    self.time = time
  }

  /// The record of a blood pressure; `nil` where seven bits do not hold it.
  public init?(_ pressure: BloodPressure, at time: DeviceTime) {
    guard pressure.systolic < 256, pressure.diastolic < 128, pressure.mean < 128,
      let rate = pressure.pulseRate?.perMinute, rate < 128, (2000...2127).contains(time.year)
    else { return nil }
    flags = pressure.systolic < 128 ? 0 : Self.systolicIsHigh
    systolic = UInt8(pressure.systolic & 0x7F)
    diastolic = UInt8(pressure.diastolic)
    pulseRate = UInt8(rate)
    mean = UInt8(pressure.mean)
    self.time = time
  }

  private static let systolicIsHigh: UInt8 = 0x02
  /// A pulse rate of 128 and more may have lost its top bit, and then looks like one below this.
  private static let leastPulseRate = 40

  /// The fourteen bytes on the wire.
  public var encoded: [UInt8] {
    [
      flags, 0, systolic, diastolic, pulseRate, mean, UInt8(time.year - 2000), UInt8(time.month),
      0, UInt8(time.day), UInt8(time.hour), UInt8(time.minute), 0, 0x11,
    ].map { $0 | 0x80 }
  }

  /// What the record says, or `nil` where it is not certain.
  ///
  /// What bit 1 of byte 0 means is a guess from records of 128 mmHg and more alone: it may be the
  /// top bit of the systolic pressure, as in Contec's other packets, or nothing. So the mean must
  /// vouch for the systolic pressure: it lies between a fifth and two thirds of the way up from the
  /// diastolic one, and with 128 too many or too few it does not. Other bits of byte 0 may be the
  /// top bits of the other numbers; a record with one of them is left out.
  public var reading: StoredReading? {
    guard flags & ~Self.systolicIsHigh == 0 else { return nil }
    let systolic = Int(systolic) + (flags == 0 ? 0 : 128)
    let (diastolic, mean, rate) = (Int(diastolic), Int(mean), Int(pulseRate))
    let (rise, span) = (mean - diastolic, systolic - diastolic)
    guard 5 * rise >= span, 3 * rise <= 2 * span,
      let pressure = BloodPressure(
        systolic: systolic, diastolic: diastolic, mean: mean,
        pulseRate: rate < Self.leastPulseRate ? nil : PulseRate(perMinute: rate))
    else { return nil }
    return StoredReading(.pressure(pressure), deviceTime: time)
  }
}
