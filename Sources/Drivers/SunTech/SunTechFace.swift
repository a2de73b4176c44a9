import Vitals

/// The device side of `suntech`, for ``CuffSimulator``.
struct SunTechFace: CuffFace {
  static let tellsEvery: Duration? = nil

  /// The start of a command whose end has not come yet; never more than 5 bytes.
  private var command: [UInt8] = []

  mutating func take(_ byte: UInt8) -> HeardCommand? {
    guard byte == 0x3A || !command.isEmpty else { return nil }
    command.append(byte)
    guard command.count >= 2 else { return nil }
    // 79 and 17 carry two bytes more; nobody sends us 0C.
    let length = command[1] == 0x79 || command[1] == 0x17 ? 5 : 3
    guard command.count == length else { return nil }
    defer { command.removeAll() }
    guard command.reduce(0, &+) == 0 else { return Self.badPacket }
    switch (command[1], command[2]) {
    case (0x20, _), (0x28, _), (0x87, _): return .request(.start)
    case (0x79, 0x01): return .request(.abort)
    case (0x79, 0x03): return .request(.result)
    case (0x79, 0x05): return .request(.poll)
    case (0x17, _): return .other(SunTechReply.letter(.done).encoded)
    case (0x8A, _): return .reset
    default: return Self.badPacket
    }
  }

  private static let badPacket = HeardCommand.other(SunTechReply.letter(.badPacket).encoded)

  func words(for occasion: CuffOccasion, of cuff: SimulatedCuff, at instant: Instant) -> [UInt8] {
    let reply: SunTechReply =
      switch occasion {
      case .begun: .letter(.begun)
      case .busy: .letter(.busy)
      case .aborted: .letter(.aborted)
      case .wasReset: .letter(.reset)
      case .finished: .letter(.done)
      case .progress: .cuffPressure(mmHg: cuff.pressure(at: instant))
      case .result: .result(cuff.outcome.map(SunTechResult.init) ?? SunTechResult())
      }
    return reply.encoded
  }
}

extension SunTechResult {
  /// The result a module would report for an outcome: beside an error all numbers are 0.
  init(_ outcome: Determination) {
    self.init()
    status = 1
    switch outcome {
    case .result(let pressure):
      systolic = UInt16(pressure.systolic)
      diastolic = UInt16(pressure.diastolic)
      mean = UInt16(pressure.measuredMean ?? 0)
      heartRate = UInt16(pressure.pulseRate?.perMinute ?? 0)
      beats = 20
    case .failed(let failure):
      errorCode = Self.code(for: failure)
    case .inflating, .cuffPressure, .aborted:
      break
    }
  }

  private static func code(for failure: DeterminationFailure) -> UInt8 {
    switch failure {
    case .weakSignal: 1
    case .motion: 2
    case .outOfRange: 3
    case .timeOut: 4
    case .blockage: 85
    case .cuffLeak: 87
    case .safetyTimeOut: 88
    case .overpressure: 89
    case .hardware: 90
    case .permission: 91
    // The numbers are all zero, and the module sees no error in that.
    case .implausible, .connectionLost, .noAnswer: 0
    }
  }
}
