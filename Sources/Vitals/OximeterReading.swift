/// What one frame of an oximeter says.
///
/// A value is `nil` when the device sent its "no value" mark, or when the sensor is off the
/// patient: Nonin keeps showing the last number for 10 s then, and it must not pass here.
/// A number with an artifact flag is kept, so that it can be stored with its flag; ``isUsable``
/// says whether it may be judged.
public struct OximeterReading: Hashable, Sendable {
  public var saturation: Saturation?
  public var pulseRate: PulseRate?
  public var perfusionIndex: PerfusionIndex?
  /// One plethysmogram sample, in the device's own scale; 255 and more from 16-bit devices.
  public var pleth: UInt16?
  public var status: SignalStatus
  /// False for a waveform-only frame, which says nothing about the numbers (Nonin 2 and 7 send
  /// them in 3 of 75 frames a second).
  public var carriesNumerics: Bool

  public init(
    saturation: Saturation? = nil, pulseRate: PulseRate? = nil,
    perfusionIndex: PerfusionIndex? = nil, pleth: UInt16? = nil, status: SignalStatus = [],
    carriesNumerics: Bool = true
  ) {
    self.saturation = saturation
    self.pulseRate = pulseRate
    self.perfusionIndex = perfusionIndex
    self.pleth = pleth
    self.status = status
    self.carriesNumerics = carriesNumerics
  }

  /// Whether the numbers may be judged and shown as current.
  public var isUsable: Bool {
    status.isDisjoint(with: .unusable) && saturation != nil && pulseRate != nil
  }
}
