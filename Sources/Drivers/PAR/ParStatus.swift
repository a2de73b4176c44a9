public import Vitals

/// The status of PAR's cuffs, with the last result: `S1;A0;C03;M00;P125080090;R075;T0005;;40`.
///
/// On an error the pressures are old.
public struct ParStatus: Hashable, Sendable {
  public var state: ParState
  /// The number behind `M`: 0 and 3 are "ok".
  public var message: Int
  /// Systolic pressure in mmHg; `nil` for blanks or dashes.
  public var systolic: Int?
  /// Diastolic pressure in mmHg; `nil` for blanks or dashes.
  public var diastolic: Int?
  /// Mean pressure in mmHg; `nil` for blanks or dashes.
  public var mean: Int?
  /// Beats per minute; `nil` for blanks or dashes.
  public var pulseRate: Int?

  /// Creates a status without a result.
  public init(state: ParState, message: Int) {
    self.state = state
    self.message = message
  }

  /// Reads a whole reply of the right form.
  init(_ reply: Span<UInt8>) {
    state = ParState(digit: reply.decimal(in: 2..<3))
    message = reply.decimal(in: 12..<14) ?? 0
    systolic = reply.decimal(in: 16..<19)
    diastolic = reply.decimal(in: 19..<22)
    mean = reply.decimal(in: 22..<25)
    pulseRate = reply.decimal(in: 27..<30)
  }

  /// Whether the two digits of hexadecimal are the sum of all before them.
  static func addsUp(_ reply: Span<UInt8>) -> Bool {
    let end = reply.count - 4
    guard end > 1 else { return false }
    var sum: UInt8 = 0
    for index in 1..<end { sum &+= reply[index] }
    return reply.hexadecimal(in: end..<end + 2) == Int(sum)
  }

  /// The whole reply on the wire.
  public var encoded: [UInt8] {
    func three(_ number: Int?) -> String {
      number.map { SimulatedClock.padded($0, to: 3) } ?? "---"
    }
    let pressures = three(systolic) + three(diastolic) + three(mean)
    let text = Array(
      """
      S\(state.rawValue);A0;C00;M\(SimulatedClock.padded(message, to: 2));P\(pressures);\
      R\(three(pulseRate));T    ;;
      """.utf8)
    return [0x02] + text + ParCommand.hexadecimal(text.reduce(0, &+)) + [0x03, 0x0D]
  }

  /// What became of the last determination; `nil` while one is under way.
  ///
  /// State and message come first: pressures beside an error are old.
  public var determination: Determination? {
    if state.isWorking { return nil }
    if let failure = Self.failure(message: message) { return .failed(failure) }
    switch state {
    case .standby, .cycle: break
    // The device is not measuring for us.
    case .manometer, .leakTest: return .failed(.permission)
    case .error, .selfTest, .initialising, .measuring, .inflating, .holding:
      return .failed(.hardware)
    }
    guard let systolic, let diastolic,
      let pressure = BloodPressure(
        systolic: systolic, diastolic: diastolic, mean: mean == 0 ? nil : mean,
        pulseRate: pulseRate.flatMap(PulseRate.init(perMinute:)))
    else { return .failed(.implausible) }
    return .result(pressure)
  }

  /// "Invalid command": about what we sent, not about a determination.
  static let invalidCommand = 2

  /// The failure a message stands for, or `nil` for the two that are none.
  public static func failure(message: Int) -> DeterminationFailure? {
    switch message {
    case 0, 3: nil
    // Cuff loose or slow to fill; leak; leak found in the leak test.
    case 6, 7, 14: .cuffLeak
    case 8: .blockage
    // Time-out, or too few oscillations: the device does not say which.
    case 9: .weakSignal
    case 10: .outOfRange
    // Motion; a signal too strong to be a pulse.
    case 11, 13: .motion
    case 12: .overpressure
    // 15 system fault; and a message nobody knows is a fault as well.
    default: .hardware
    }
  }
}
