public import Vitals

/// A raw frame of Nonin's formats 1 (three bytes) and 8 (four), sent once a second.
///
/// Layout: `protocols.md` 1.4.
public struct NoninSecond: Hashable, Sendable {
  /// SNSD.
  public var isSensorDisconnected = false
  /// OOT: consecutive bad pulses, or none.
  public var isOutOfTrack = false
  /// LPRF.
  public var isLowPerfusion = false
  /// MPRF.
  public var isMarginalPerfusion = false
  /// ARTF.
  public var isArtifact = false
  /// Beats per minute, 9 bits; 511 is "no value".
  public var heartRate: UInt16 = 511
  /// Percent; 127 is "no value".
  public var saturation: UInt8 = 127
  /// What format 8 says more; `nil` in format 1.
  public var extra: Extra?

  /// The fourth byte of format 8.
  public struct Extra: Hashable, Sendable {
    /// SmartPoint: the device vouches for the numbers.
    public var isSmartPoint = false
    /// SNSA: no finger; the digits may be up to 10 s old then.
    public var isSensorAlarm = false
    /// LOW BATTERY.
    public var isLowBattery = false

    /// Creates a byte with nothing set.
    public init() {}
  }

  /// Creates a frame without values.
  public init() {}

  /// Reads three or four bytes, or `nil` when bit 7 is not set in the first and clear in the rest.
  @inline(__always)
  public init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 3 || bytes.count == 4, bytes[0] >= 0x80, bytes[1] < 0x80, bytes[2] < 0x80
    else { return nil }
    isSensorDisconnected = bytes[0] & 0x40 != 0
    isOutOfTrack = bytes[0] & 0x20 != 0
    isLowPerfusion = bytes[0] & 0x10 != 0
    isMarginalPerfusion = bytes[0] & 0x08 != 0
    isArtifact = bytes[0] & 0x04 != 0
    heartRate = UInt16(bytes[0] & 0x03) << 7 | UInt16(bytes[1])
    saturation = bytes[2]
    guard bytes.count == 4 else { return }
    guard bytes[3] < 0x80 else { return nil }
    var extra = Extra()
    extra.isSmartPoint = bytes[3] & 0x20 != 0
    extra.isSensorAlarm = bytes[3] & 0x08 != 0
    extra.isLowBattery = bytes[3] & 0x01 != 0
    self.extra = extra
  }

  /// The bytes on the wire: four with ``extra``, else three.
  public var encoded: [UInt8] {
    let first: UInt8 =
      0x80 | (isSensorDisconnected ? 0x40 : 0) | (isOutOfTrack ? 0x20 : 0)
      | (isLowPerfusion ? 0x10 : 0) | (isMarginalPerfusion ? 0x08 : 0) | (isArtifact ? 0x04 : 0)
    let bytes = [
      first | UInt8(heartRate >> 7 & 3), UInt8(heartRate & 0x7F), saturation & 0x7F,
    ]
    guard let extra else { return bytes }
    return bytes + [
      (extra.isSmartPoint ? 0x20 : 0) | (extra.isSensorAlarm ? 0x08 : 0)
        | (extra.isLowBattery ? 0x01 : 0)
    ]
  }

  /// Every mark a frame can carry.
  static func reports(hasExtra: Bool) -> SignalStatus {
    let marks: SignalStatus = [
      .sensorDisconnected, .poorSignal, .lowPerfusion, .marginalPerfusion, .artifact,
    ]
    return hasExtra ? marks.union([.highQuality, .sensorOff, .lowBattery]) : marks
  }

  /// What the frame says.
  public var reading: OximeterReading {
    var status: SignalStatus = []
    if isSensorDisconnected { status.insert(.sensorDisconnected) }
    if isOutOfTrack { status.insert(.poorSignal) }
    if isLowPerfusion { status.insert(.lowPerfusion) }
    if isMarginalPerfusion { status.insert(.marginalPerfusion) }
    if isArtifact { status.insert(.artifact) }
    if let extra {
      if extra.isSmartPoint { status.insert(.highQuality) }
      if extra.isSensorAlarm { status.insert(.sensorOff) }
      if extra.isLowBattery { status.insert(.lowBattery) }
    }
    guard status.isDisjoint(with: .withoutNumbers) else { return OximeterReading(status: status) }
    // 511 and 127, "no value", are neither a rate nor a saturation.
    return OximeterReading(
      saturation: Saturation(percent: Int(saturation)),
      pulseRate: PulseRate(perMinute: Int(heartRate)), status: status)
  }
}
