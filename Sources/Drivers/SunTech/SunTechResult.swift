public import Vitals

/// The raw result of a determination, 24 bytes (`protocols.md` 2.1).
public struct SunTechResult: Hashable, Sendable {
  static let length = 24

  /// Systolic pressure in mmHg; 0 when there is none.
  public var systolic: UInt16 = 0
  /// Diastolic pressure in mmHg; 0 when there is none.
  public var diastolic: UInt16 = 0
  /// Mean pressure in mmHg; 0 when the module reports none.
  public var mean: UInt16 = 0
  /// Heart beats the module used.
  public var beats: UInt8 = 0
  /// Meaning unknown.
  public var status: UInt8 = 0
  /// Beats per minute.
  public var heartRate: UInt16 = 0
  /// 0 when the numbers are valid.
  public var errorCode: UInt8 = 0
  /// Bytes 8 to 15, meaning unknown, kept to encode the packet as it came.
  public var testCodes: UInt64 = 0

  /// Creates a result without values, which is what a module has that never measured.
  public init() {}

  /// Reads a packet of 24 bytes.
  init(_ packet: Span<UInt8>) {
    systolic = UInt16(packet[2]) | UInt16(packet[3]) << 8
    diastolic = UInt16(packet[4]) | UInt16(packet[5]) << 8
    beats = packet[6]
    status = packet[7]
    for index in 8...15 { testCodes = testCodes << 8 | UInt64(packet[index]) }
    heartRate = UInt16(packet[16]) | UInt16(packet[17]) << 8
    mean = UInt16(packet[18]) | UInt16(packet[19]) << 8
    errorCode = packet[20]
  }

  /// The 24 bytes on the wire.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = [SunTechFraming.header, UInt8(Self.length)]
    func append(_ word: UInt16) { bytes += [UInt8(word & 0xFF), UInt8(word >> 8)] }
    append(systolic)
    append(diastolic)
    bytes += [beats, status]
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(testCodes >> UInt64(shift) & 0xFF))
    }
    append(heartRate)
    append(mean)
    bytes += [errorCode, 0, 0]
    return sunTechChecked(bytes)
  }

  /// What became of the determination.
  ///
  /// The error comes first: pressures beside one are old.
  public var determination: Determination {
    if let failure = Self.failure(code: errorCode) { return .failed(failure) }
    // Zero pressures without an error mean "nothing measured yet", and are no blood pressure.
    guard
      let pressure = BloodPressure(
        systolic: Int(systolic), diastolic: Int(diastolic), mean: mean == 0 ? nil : Int(mean),
        pulseRate: PulseRate(perMinute: Int(heartRate)))
    else { return .failed(.implausible) }
    return .result(pressure)
  }

  /// The failure an error code stands for, or `nil` for 0.
  ///
  /// The sources do not say whether 85 and the like are decimal or hexadecimal; the two readings
  /// do not overlap, so both are taken.
  public static func failure(code: UInt8) -> DeterminationFailure? {
    switch code {
    case 0: nil
    case 1: .weakSignal
    case 2: .motion
    case 3: .outOfRange
    case 4: .timeOut
    case 85, 0x85: .blockage
    case 87, 0x87: .cuffLeak
    case 88, 0x88: .safetyTimeOut
    case 89, 0x89: .overpressure
    case 91, 0x91: .permission
    // 90 hardware, 97 transducer, 99 memory; and a code nobody knows is a fault as well.
    default: .hardware
    }
  }
}
