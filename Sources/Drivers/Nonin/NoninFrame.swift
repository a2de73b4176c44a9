import Vitals

/// A raw frame of Nonin's formats 2 and 7: one waveform sample and one byte of a packet that takes
/// 25 frames (`protocols.md` 1.4).
public struct NoninFrame: Hashable, Sendable {
  /// The two formats differ in how many bits the waveform has.
  public enum Format: Hashable, Sendable { case two, seven }

  /// The status byte; b7 is always set.
  public var status: UInt8
  /// 0...255 in format 2, 0...65535 in format 7.
  public var pleth: UInt16
  /// The byte of the packet that travels in this frame, 0...127.
  public var float: UInt8

  /// Creates a frame from what it carries.
  public init(status: UInt8, pleth: UInt16, float: UInt8) {
    self.status = status
    self.pleth = pleth
    self.float = float
  }

  /// Reads five bytes, or `nil` when they are not a frame with a good checksum.
  public init?(_ bytes: Span<UInt8>, format: Format) {
    guard bytes.count == 5 else { return nil }
    switch format {
    case .two:
      guard Nonin2Layout.passes(bytes, at: 0) else { return nil }
      self = Nonin2Layout.frame(bytes)
    case .seven:
      guard Nonin7Layout.passes(bytes, at: 0) else { return nil }
      self = Nonin7Layout.frame(bytes)
    }
  }

  /// The five bytes on the wire.
  public func encoded(as format: Format) -> [UInt8] {
    let low = UInt8(truncatingIfNeeded: pleth)
    var bytes =
      switch format {
      case .two: [0x01, status | 0x80, low, float & 0x7F]
      case .seven: [status | 0x80, UInt8(pleth >> 8), low, float & 0x7F]
      }
    bytes.append(bytes.reduce(0, &+))
    return bytes
  }

  /// Set on the first of 25 frames.
  public var isFirst: Bool { status & Bits.sync != 0 }

  /// Every mark a packet can carry.
  static let reports: SignalStatus = [
    .sensorOff, .sensorDisconnected, .artifact, .poorSignal, .lowPerfusion, .marginalPerfusion,
    .lowBattery, .highQuality, .beat,
  ]

  /// The bits of the status byte.
  enum Bits {
    static let sensorDisconnected: UInt8 = 0x40
    static let artifact: UInt8 = 0x20
    static let outOfTrack: UInt8 = 0x10
    static let sensorAlarm: UInt8 = 0x08
    static let pulse: UInt8 = 0x06
    static let greenPulse: UInt8 = 0x02
    static let yellowPulse: UInt8 = 0x06
    static let redPulse: UInt8 = 0x04
    static let sync: UInt8 = 0x01
  }

  /// The bits of STAT2, which travels in frame 8.
  enum Stat2 {
    static let smartPoint: UInt8 = 0x20
    static let lowBattery: UInt8 = 0x01
  }
}
