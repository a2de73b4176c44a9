public import Vitals

/// A reading out of an Omron's memory: 13 bytes (`protocols.md` 2.6).
public struct OmronReading: Hashable, Sendable {
  static let length = 13

  public var time: DeviceTime
  /// Meaning unknown; 0 in every capture.
  public var unknown: UInt8
  /// mmHg.
  public var systolic: UInt16
  public var diastolic: UInt8
  /// Beats per minute.
  public var pulseRate: UInt8
  /// Bit 0 irregular beat, bit 1 movement; bits 4 to 7 the place within a triple.
  public var flags: UInt16

  /// Reads the data of a reply, or `nil` when it is no reading.
  public init?(_ data: [UInt8]) {
    guard data.count == Self.length,
      let time = DeviceTime(
        year: 2000 + Int(data[0]), month: Int(data[1]), day: Int(data[2]), hour: Int(data[3]),
        minute: Int(data[4]), second: Int(data[5]))
    else { return nil }
    self.time = time
    unknown = data[6]
    systolic = UInt16(data[7]) << 8 | UInt16(data[8])
    diastolic = data[9]
    pulseRate = data[10]
    flags = UInt16(data[11]) << 8 | UInt16(data[12])
  }

  /// The record of a blood pressure; `nil` where the bytes do not hold it.
  public init?(_ pressure: BloodPressure, at time: DeviceTime) {
    guard (2000...2255).contains(time.year),
      let rate = UInt8(exactly: pressure.pulseRate?.perMinute ?? 0)
    else { return nil }
    self.time = time
    unknown = 0
    systolic = UInt16(pressure.systolic)
    diastolic = UInt8(pressure.diastolic)
    pulseRate = rate
    flags = 0
  }

  /// The data on the wire.
  public var encoded: [UInt8] {
    [
      UInt8(time.year - 2000), UInt8(time.month), UInt8(time.day), UInt8(time.hour),
      UInt8(time.minute), UInt8(time.second), unknown, UInt8(systolic >> 8),
      UInt8(systolic & 0xFF), diastolic, pulseRate, UInt8(flags >> 8), UInt8(flags & 0xFF),
    ]
  }

  /// What it says, or `nil` when the numbers are no blood pressure.
  public var reading: StoredReading? {
    BloodPressure(
      systolic: Int(systolic), diastolic: Int(diastolic),
      pulseRate: PulseRate(perMinute: Int(pulseRate))
    ).map { StoredReading(.pressure($0), deviceTime: time) }
  }
}
