public import Vitals

/// A raw spot-check record, Nonin's format 13: one finger, one measurement (`protocols.md` 1.4).
public struct NoninRecord: Hashable, Sendable {
  /// When it was taken, by the device's clock; `nil` when that shows no possible time.
  public var time: DeviceTime?
  /// SPA: the device vouches for the numbers.
  public var isSmartPoint = false
  /// NOMS: the finger was there for 40 s, and nothing could be measured.
  public var isWithoutMeasurement = false
  /// MEM: taken before the line was open.
  public var isFromMemory = false
  /// Low battery.
  public var isLowBattery = false
  /// Beats per minute; 511 is "no value".
  public var heartRate: UInt16 = 511
  /// Percent; 127 is "no value".
  public var saturation: UInt8 = 127

  /// Creates a record without values.
  public init() {}

  static let header: [5 of UInt8] = [0x00, 0x02, 0x00, 0x0D, 0x00]
  /// Header, length, checksum and end.
  static let frameBytes = 8
  /// Data bytes; 14 have a meaning.
  static let dataCounts = 14...40

  /// Reads a whole record, or `nil` where anything in it cannot be.
  public init?(_ bytes: Span<UInt8>) {
    let count = bytes.count - Self.frameBytes
    guard Self.dataCounts.contains(count), Int(bytes[5]) == count,
      bytes[bytes.count - 1] == 0x03
    else { return nil }
    for index in Self.header.indices where bytes[index] != Self.header[index] { return nil }
    let data = bytes.extracting(6..<6 + count)
    var sum: UInt8 = 0
    for index in 0..<count { sum &+= data[index] }
    guard sum == bytes[6 + count] else { return nil }
    var clock = [7 of Int](repeating: 0)
    for index in clock.indices {
      guard data[index] >> 4 < 10, data[index] & 0x0F < 10 else { return nil }
      clock[index] = Int(data[index] >> 4) * 10 + Int(data[index] & 0x0F)
    }
    time = DeviceTime(
      year: clock[0] * 100 + clock[1], month: clock[2], day: clock[3], hour: clock[4],
      minute: clock[5], second: clock[6])
    isSmartPoint = data[8] & 0x02 != 0
    isWithoutMeasurement = data[8] & 0x01 != 0
    isFromMemory = data[9] & 0x10 != 0
    isLowBattery = data[9] & 0x01 != 0
    heartRate = UInt16(data[10]) << 8 | UInt16(data[11])
    saturation = data[13]
    guard heartRate <= 511, saturation <= 127 else { return nil }
  }

  /// The bytes on the wire.
  public var encoded: [UInt8] {
    var data: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0]
    if let time {
      let clock = [
        time.year / 100, time.year % 100, time.month, time.day, time.hour, time.minute,
        time.second,
      ]
      for (index, number) in clock.enumerated() {
        data[index] = UInt8(number / 10) << 4 | UInt8(number % 10)
      }
    }
    data += [
      (isSmartPoint ? 0x02 : 0) | (isWithoutMeasurement ? 0x01 : 0),
      (isFromMemory ? 0x10 : 0) | (isLowBattery ? 0x01 : 0),
      UInt8(heartRate >> 8), UInt8(heartRate & 0xFF), 0x00, saturation,
    ]
    return Self.header.indices.map { Self.header[$0] } + [UInt8(data.count)] + data
      + [data.reduce(0, &+), 0x03]
  }

  /// Every mark a record can carry.
  static let reports: SignalStatus = [.sensorOff, .highQuality, .lowBattery]

  /// What the record says.
  public var reading: OximeterReading {
    var status: SignalStatus = []
    if isWithoutMeasurement { status.insert(.sensorOff) }
    if isSmartPoint { status.insert(.highQuality) }
    if isLowBattery { status.insert(.lowBattery) }
    guard !isWithoutMeasurement else { return OximeterReading(status: status) }
    // 511 and 127, "no value", are neither a rate nor a saturation.
    return OximeterReading(
      saturation: Saturation(percent: Int(saturation)),
      pulseRate: PulseRate(perMinute: Int(heartRate)), status: status)
  }
}
