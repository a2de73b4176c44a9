public import Vitals

/// A raw live sample, packet type 01 (`protocols.md` 1.2).
public struct ContecV7Live: Hashable, Sendable {
  /// Signal strength 0...8.
  public var signal: UInt8 = 0
  /// Still no pulse after a while.
  public var isSearchingTooLong = false
  /// The device's own "SpO2 low or dropping".
  public var isDropping = false
  /// A heart beat; the flag stays up for two packets.
  public var isBeat = false
  /// Probe error or finger out.
  public var isProbeOff = false
  /// 0...127.
  public var pleth: UInt8 = 0
  /// Looking for a pulse.
  public var isSearching = false
  /// 0...15.
  public var bar: UInt8 = 0
  /// Set by every unit that has no perfusion index.
  public var isPerfusionInvalid = true
  /// Beats per minute, all 8 bits; 0 and 255 are "no value".
  public var pulseRate: UInt8 = 0
  /// Percent; 0 and 127 are "no value".
  public var saturation: UInt8 = 0
  /// Hundredths of a percent; 65535 is "no value".
  public var perfusion: UInt16 = .max

  static let type: UInt8 = 0x01

  /// Creates a packet without values.
  public init() {}

  /// Reads nine bytes, or `nil` when they are not a live packet.
  @inline(__always)
  public init?(_ packet: Span<UInt8>) {
    guard packet.count == 9, packet[0] == Self.type else { return nil }
    var all: UInt8 = 0xFF
    for index in 1..<9 { all &= packet[index] }
    guard all >= 0x80 else { return nil }
    let first = ContecV7Packet.byte(0, of: packet)
    signal = first & 0x0F
    isSearchingTooLong = first & 0x10 != 0
    isDropping = first & 0x20 != 0
    isBeat = first & 0x40 != 0
    isProbeOff = first & 0x80 != 0
    let second = ContecV7Packet.byte(1, of: packet)
    pleth = second & 0x7F
    isSearching = second & 0x80 != 0
    let third = ContecV7Packet.byte(2, of: packet)
    bar = third & 0x0F
    isPerfusionInvalid = third & 0x10 != 0
    pulseRate = ContecV7Packet.byte(3, of: packet)
    saturation = ContecV7Packet.byte(4, of: packet)
    perfusion =
      UInt16(ContecV7Packet.byte(5, of: packet)) | UInt16(ContecV7Packet.byte(6, of: packet)) << 8
  }

  /// The nine bytes on the wire.
  public var encoded: [UInt8] {
    ContecV7Packet.encode(
      type: Self.type,
      data: [
        signal & 0x0F | (isSearchingTooLong ? 0x10 : 0) | (isDropping ? 0x20 : 0)
          | (isBeat ? 0x40 : 0) | (isProbeOff ? 0x80 : 0),
        pleth & 0x7F | (isSearching ? 0x80 : 0),
        bar & 0x0F | (isPerfusionInvalid ? 0x10 : 0),
        pulseRate, saturation, UInt8(perfusion & 0xFF), UInt8(perfusion >> 8),
      ])
  }

  /// Every mark a live packet can carry.
  static let reports: SignalStatus = [.sensorOff, .searching, .desaturating, .beat]

  /// What the packet says.
  public var reading: OximeterReading {
    var status: SignalStatus = []
    if isBeat { status.insert(.beat) }
    if isDropping { status.insert(.desaturating) }
    if isProbeOff { status.insert(.sensorOff) }
    if isSearching || isSearchingTooLong { status.insert(.searching) }
    var reading = OximeterReading(pleth: UInt16(pleth), status: status)
    // A sample with either number missing is no sample.
    guard status.isDisjoint(with: .withoutNumbers), pulseRate != 0, pulseRate != 255,
      let percent = Saturation(percent: Int(saturation))
    else { return reading }
    reading.saturation = percent
    reading.pulseRate = PulseRate(perMinute: Int(pulseRate))
    if !isPerfusionInvalid {
      reading.perfusionIndex = PerfusionIndex(hundredths: Int(perfusion))
    }
    return reading
  }
}
