/// What a device says about the trust its numbers deserve.
///
/// One vocabulary for every driver: each maps its own bits to these (`protocols.md` section 5;
/// names after the IEEE 11073-10404 device status of `clinical.md` 4.2).
public struct SignalStatus: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// No finger in the sensor, or the sensor cannot be used where it is.
  public static let sensorOff = SignalStatus(rawValue: 1 << 0)
  /// Nothing is plugged into the device's sensor socket.
  public static let sensorDisconnected = SignalStatus(rawValue: 1 << 1)
  /// The sensor or the device is defective or not supported.
  public static let malfunction = SignalStatus(rawValue: 1 << 2)
  /// Looking for a pulse.
  public static let searching = SignalStatus(rawValue: 1 << 3)
  /// Sensor on, no pulse in the signal.
  public static let nonPulsatile = SignalStatus(rawValue: 1 << 4)
  /// Motion or another artifact in the signal.
  public static let artifact = SignalStatus(rawValue: 1 << 5)
  /// Sustained bad signal: out of track, inadequate, erratic.
  public static let poorSignal = SignalStatus(rawValue: 1 << 6)
  public static let lowPerfusion = SignalStatus(rawValue: 1 << 7)
  public static let marginalPerfusion = SignalStatus(rawValue: 1 << 8)
  public static let lowBattery = SignalStatus(rawValue: 1 << 9)
  /// The device flags this reading as high quality (Nonin SmartPoint).
  public static let highQuality = SignalStatus(rawValue: 1 << 10)
  /// A heart beat falls on this waveform sample.
  public static let beat = SignalStatus(rawValue: 1 << 11)
  /// The device reports a falling saturation by itself.
  public static let desaturating = SignalStatus(rawValue: 1 << 12)

  /// A number of the device's demonstration or test mode: nobody's vital sign.
  public static let demonstration = SignalStatus(rawValue: 1 << 13)
  /// The device shows the number but vouches for it only half.
  public static let lowConfidence = SignalStatus(rawValue: 1 << 14)

  /// Taken while a cuff squeezed the same limb; set by the ward, never by a device
  /// (`clinical.md` 4.5).
  public static let underCuff = SignalStatus(rawValue: 1 << 15)

  /// Names in the order of the bits, as `decode` prints them.
  public static let names = [
    "sensorOff", "sensorDisconnected", "malfunction", "searching", "nonPulsatile", "artifact",
    "poorSignal", "lowPerfusion", "marginalPerfusion", "lowBattery", "highQuality", "beat",
    "desaturating", "demonstration", "lowConfidence", "underCuff",
  ]

  /// The sensor is not on the patient, whatever number comes with it.
  public static let offPatient: SignalStatus = [.sensorOff, .sensorDisconnected, .malfunction]
  /// A number that comes with any of these must not be judged or shown as current.
  public static let unusable: SignalStatus = [
    .sensorOff, .sensorDisconnected, .malfunction, .searching, .nonPulsatile, .artifact,
    .poorSignal, .demonstration,
  ]

  public var names: [String] {
    Self.names.indices.filter { rawValue & (1 << $0) != 0 }.map { Self.names[$0] }
  }

  /// The flag of this name, or `nil`.
  public init?(name: String) {
    guard let bit = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: 1 << bit)
  }
}
