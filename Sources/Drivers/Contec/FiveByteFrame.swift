/// A raw frame of the 5-byte stream that Contec's older oximeters and the BCI family share.
///
/// Layout: `protocols.md` 1.1 and 1.7. What the four flags mean differs: ``FiveByteDialect``.
public struct FiveByteFrame: Hashable, Sendable {
  /// Signal strength 0...8; 15 is "invalid".
  public var signal: UInt8
  /// A heart beat falls on this sample.
  public var isBeat: Bool
  /// Byte 1, b5.
  public var firstFlag5: Bool
  /// Byte 1, b4.
  public var firstFlag4: Bool
  /// 0...127.
  public var pleth: UInt8
  /// Byte 3, b5.
  public var thirdFlag5: Bool
  /// Byte 3, b4.
  public var thirdFlag4: Bool
  /// 0...15.
  public var bar: UInt8
  /// Beats per minute; 0 and 255 are "no value".
  public var pulseRate: UInt8
  /// Percent; 0 and 127 are "no value".
  public var saturation: UInt8

  /// Reads five bytes, or `nil` when bit 7 is not set in the first and clear in the others.
  @inline(__always)
  public init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 5, bytes[0] >= 0x80,
      (bytes[1] | bytes[2] | bytes[3] | bytes[4]) < 0x80
    else { return nil }
    signal = bytes[0] & 0x0F
    isBeat = bytes[0] & 0x40 != 0
    firstFlag5 = bytes[0] & 0x20 != 0
    firstFlag4 = bytes[0] & 0x10 != 0
    pleth = bytes[1]
    thirdFlag5 = bytes[2] & 0x20 != 0
    thirdFlag4 = bytes[2] & 0x10 != 0
    bar = bytes[2] & 0x0F
    pulseRate = (bytes[2] & 0x40) << 1 | bytes[3]
    saturation = bytes[4]
  }

  /// Creates a frame with no flag set.
  public init(signal: UInt8, pleth: UInt8, bar: UInt8, pulseRate: UInt8, saturation: UInt8) {
    self.signal = signal
    self.pleth = pleth
    self.bar = bar
    self.pulseRate = pulseRate
    self.saturation = saturation
    (isBeat, firstFlag5, firstFlag4, thirdFlag5, thirdFlag4) = (false, false, false, false, false)
  }

  /// The five bytes on the wire.
  public var encoded: [UInt8] {
    [
      0x80 | (isBeat ? 0x40 : 0) | (firstFlag5 ? 0x20 : 0) | (firstFlag4 ? 0x10 : 0)
        | signal & 0x0F,
      pleth & 0x7F,
      (pulseRate & 0x80) >> 1 | (thirdFlag5 ? 0x20 : 0) | (thirdFlag4 ? 0x10 : 0) | bar & 0x0F,
      pulseRate & 0x7F,
      saturation & 0x7F,
    ]
  }
}
