import Vitals

/// One numeric observed value: `id state unit FLOAT`, ten bytes (`protocols.md` 3.1).
public struct IntelliVueValue: Hashable, Sendable {
  /// What is measured.
  public var id: ID
  /// What the monitor says about the number.
  public var state: State
  /// What the number is counted in.
  public var unit: Unit
  /// The value as it is sent, a FLOAT of IEEE 11073: a signed exponent of 10 in the upper 8 bits, a
  /// signed mantissa in the lower 24.
  public var float: UInt32

  static let length = 10

  /// What is measured; only the ids that concern us have names.
  public struct ID: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16
    /// Creates an id from the word on the wire.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// SpO2.
    public static let saturation = ID(rawValue: 0x4BB8)
    /// Pulse rate from the plethysmogram.
    public static let pulse = ID(rawValue: 0x4822)
    /// Perfusion indicator.
    public static let perfusion = ID(rawValue: 0x4BB0)
    /// Respiration rate.
    public static let respiration = ID(rawValue: 0x500A)
    /// Systolic pressure of the cuff.
    public static let systolic = ID(rawValue: 0x4A05)
    /// Diastolic pressure of the cuff.
    public static let diastolic = ID(rawValue: 0x4A06)
    /// Mean pressure of the cuff.
    public static let mean = ID(rawValue: 0x4A07)
    /// Pulse rate from the cuff.
    public static let cuffPulse = ID(rawValue: 0xF0E5)
  }

  /// What a number is counted in; a number with a unit we do not expect is none.
  public struct Unit: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16
    /// Creates a unit from the word on the wire.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Without a dimension.
    public static let none = Unit(rawValue: 0x0200)
    /// Percent.
    public static let percent = Unit(rawValue: 0x0220)
    /// Beats per minute.
    public static let perMinute = Unit(rawValue: 0x0AA0)
    /// Breaths per minute.
    public static let breathsPerMinute = Unit(rawValue: 0x0AE0)
    /// Millimetres of mercury.
    public static let mmHg = Unit(rawValue: 0x0F20)
    /// Kilopascals, to which a monitor can be set.
    public static let kilopascal = Unit(rawValue: 0x0F03)
  }

  /// What the monitor says about a number; none of the upper eight may be set with a good one.
  public struct State: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    /// Creates a state from the bits on the wire.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The signal is too bad to mean anything.
    public static let invalid = State(rawValue: 0x8000)
    /// In doubt, but fit to be shown.
    public static let questionable = State(rawValue: 0x4000)
    /// There is nothing to measure.
    public static let unavailable = State(rawValue: 0x2000)
    /// The measurement is being calibrated.
    public static let calibrating = State(rawValue: 0x1000)
    /// A generated signal.
    public static let test = State(rawValue: 0x0800)
    /// The monitor's demonstration mode.
    public static let demonstration = State(rawValue: 0x0400)
    /// Without a meaning in the document.
    public static let reserved = State(rawValue: 0x0300)
    /// A first estimate; the value proper follows.
    public static let early = State(rawValue: 0x0040)

    /// Nobody's vital sign.
    public static let unreal: State = [.test, .demonstration]
    /// With any of these there is no number to read.
    static let withoutNumber: State = [
      .invalid, .unavailable, .calibrating, .test, .demonstration, .reserved,
    ]
  }

  /// Creates a value.
  public init(id: ID, state: State = [], unit: Unit, float: UInt32) {
    (self.id, self.state, self.unit, self.float) = (id, state, unit, float)
  }

  /// Reads ten bytes, or `nil` when they are fewer.
  public init?(_ bytes: Span<UInt8>) {
    guard bytes.count >= Self.length, let id: UInt16 = bytes.bigEndian(at: 0),
      let state: UInt16 = bytes.bigEndian(at: 2), let unit: UInt16 = bytes.bigEndian(at: 4),
      let float: UInt32 = bytes.bigEndian(at: 6)
    else { return nil }
    self.init(
      id: ID(rawValue: id), state: State(rawValue: state), unit: Unit(rawValue: unit),
      float: float)
  }

  /// The ten bytes on the wire.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: id.rawValue)
    bytes.append(bigEndian: state.rawValue)
    bytes.append(bigEndian: unit.rawValue)
    bytes.append(bigEndian: float)
    return bytes
  }

  /// The number, whatever the state says; `nil` for NaN, the infinities and their like, and for
  /// magnitudes that no vital sign has.
  public var number: Double? {
    // NaN, NRes, both infinities, and one reserved.
    guard !(0x7F_FFFE...0x80_0002).contains(float & 0xFF_FFFF) else { return nil }
    let exponent = Int(Int8(truncatingIfNeeded: float >> 24))
    guard (-9...9).contains(exponent) else { return nil }
    var scale = 1.0
    for _ in 0..<abs(exponent) { scale *= 10 }
    let mantissa = Double(Int32(bitPattern: float << 8) >> 8)
    return exponent < 0 ? mantissa / scale : mantissa * scale
  }

  /// "No number".
  public static let notANumber: UInt32 = 0x007F_FFFF

  /// The FLOAT of `mantissa` times 10 to the `exponent`.
  public static func float(_ mantissa: Int, exponent: Int = 0) -> UInt32 {
    UInt32(truncatingIfNeeded: exponent) << 24 | UInt32(truncatingIfNeeded: mantissa) & 0xFF_FFFF
  }

  /// The number if the monitor stands by it and counts it in `unit`.
  func number(in unit: Unit) -> Double? {
    guard state.isDisjoint(with: .withoutNumber), self.unit == unit else { return nil }
    return number
  }

  /// The number as a pressure in mmHg, to the nearest; monitors can be set to kPa.
  var mmHg: Int? {
    let pressure = number(in: .mmHg) ?? number(in: .kilopascal).map { $0 * 7.500_617 }
    return pressure.flatMap { Int(exactly: $0.rounded()) }
  }

  /// What the state says of an oximeter's signal.
  var status: SignalStatus {
    var status: SignalStatus = []
    if state.contains(.invalid) { status.insert(.sensorOff) }
    if state.contains(.unavailable) { status.insert(.sensorDisconnected) }
    if state.contains(.calibrating) { status.insert(.searching) }
    if !state.isDisjoint(with: .unreal) { status.insert(.demonstration) }
    if !state.isDisjoint(with: .reserved) { status.insert(.poorSignal) }
    if !state.isDisjoint(with: [.questionable, .early]) { status.insert(.lowConfidence) }
    return status
  }
}
