import Vitals

/// What PAR's cuffs say (`protocols.md` 2.3).
public enum ParReply: Hashable, Sendable {
  /// Repeated while the cuff works.
  case cuff(ParCuff)
  case status(ParStatus)

  /// Reads a whole reply, or `nil` when it says nothing we know.
  public init?(_ reply: Span<UInt8>) {
    if reply.count == ParForm.cuff.count, let pressure = reply.decimal(in: 1..<4) {
      self = .cuff(ParCuff(pressure: pressure, state: ParState(digit: reply.decimal(in: 7..<8))))
    } else if reply.count == ParForm.status.count, ParStatus.addsUp(reply) {
      self = .status(ParStatus(reply))
    } else {
      return nil
    }
  }

  /// The whole reply on the wire.
  public var encoded: [UInt8] {
    switch self {
    case .cuff(let cuff):
      [0x02] + Array("\(SimulatedClock.padded(cuff.pressure, to: 3))C0S\(cuff.state.rawValue)".utf8)
        + [0x03, 0x0D]
    case .status(let status): status.encoded
    }
  }
}

/// Where a determination has got to.
public struct ParCuff: Hashable, Sendable {
  /// Pressure in the cuff in mmHg, or ``end``.
  public var pressure: Int
  public var state: ParState

  /// Stands where the pressure was when the measurement is over.
  public static let end = 999

  public init(pressure: Int, state: ParState) {
    self.pressure = pressure
    self.state = state
  }
}

/// What the device is doing: the digit behind `S`.
public enum ParState: Int, Hashable, Sendable, CaseIterable {
  case selfTest, standby, error, measuring, manometer, initialising, cycle, leakTest, inflating
  case holding

  init(digit: Int?) { self = digit.flatMap(ParState.init(rawValue:)) ?? .error }

  /// Whether it has a determination under way.
  var isWorking: Bool {
    switch self {
    case .measuring, .inflating, .holding: true
    case .selfTest, .standby, .error, .manometer, .initialising, .cycle, .leakTest: false
    }
  }
}
