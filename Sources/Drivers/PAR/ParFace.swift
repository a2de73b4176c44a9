import Vitals

/// The device side of `par-nibp`, for ``CuffSimulator``.
struct ParFace: CuffFace {
  static let tellsEvery: Duration? = .milliseconds(250)

  /// The start of a packet whose end has not come yet; never more than 8 bytes.
  private var packet: [UInt8] = []

  mutating func take(_ byte: UInt8) -> HeardCommand? {
    if byte == ParCommand.abortByte {
      packet.removeAll()
      return .request(.abort)
    }
    if byte == ParForm.start { packet.removeAll() }
    guard byte == ParForm.start || !packet.isEmpty else { return nil }
    packet.append(byte)
    guard packet.count == 8 else { return nil }
    defer { packet.removeAll() }
    if packet == ParCommand.start.encoded { return .request(.start) }
    if packet == ParCommand.readStatus.encoded { return .request(.result) }
    let complaint = ParStatus(state: .standby, message: ParStatus.invalidCommand)
    return .other(ParReply.status(complaint).encoded)
  }

  func words(for occasion: CuffOccasion, of cuff: SimulatedCuff, at instant: Instant) -> [UInt8] {
    switch occasion {
    case .begun, .progress:
      let state = cuff.isInflating(at: instant) ? ParState.inflating : .measuring
      let reply = ParCuff(pressure: cuff.pressure(at: instant), state: state)
      return ParReply.cuff(reply).encoded
    case .aborted, .wasReset, .finished:
      return ParReply.cuff(ParCuff(pressure: ParCuff.end, state: .standby)).encoded
    case .busy: return []
    case .result: return ParReply.status(status(of: cuff, at: instant)).encoded
    }
  }

  /// After an error with the pressures of the determination before.
  private func status(of cuff: SimulatedCuff, at instant: Instant) -> ParStatus {
    var status = ParStatus(state: .standby, message: 0)
    let old = cuff.lastPressure
    (status.systolic, status.diastolic) = (old?.systolic, old?.diastolic)
    (status.mean, status.pulseRate) = (old?.measuredMean, old?.pulseRate?.perMinute)
    if cuff.run != nil {
      status.state = cuff.isInflating(at: instant) ? .inflating : .measuring
    } else if cuff.outcome == .failed(.implausible) {
      (status.systolic, status.diastolic) = (nil, nil)
    } else if case .failed(let failure) = cuff.outcome {
      (status.state, status.message) = (.error, Self.message(for: failure))
    }
    return status
  }

  private static func message(for failure: DeterminationFailure) -> Int {
    switch failure {
    case .cuffLeak: 7
    case .blockage: 8
    case .weakSignal, .timeOut, .safetyTimeOut: 9
    case .outOfRange: 10
    case .motion: 11
    case .overpressure: 12
    case .hardware, .permission, .implausible, .connectionLost, .noAnswer: 15
    }
  }
}
