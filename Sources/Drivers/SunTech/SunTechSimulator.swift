import Vitals

/// Plays a SunTech module: answers the host, inflates, deflates, measures.
struct SunTechSimulator: Simulator {
  private struct Run {
    let begun: Instant
    let end: Instant
    let determination: SimulatedDetermination
  }

  private let patient: SimulatedPatient
  private var run: Run?
  private var lastResult = SunTechResult()
  /// The start of a command whose end has not come yet; never more than 5 bytes.
  private var command: [UInt8] = []
  private var isOn = false

  init(patient: SimulatedPatient) { self.patient = patient }

  var nextDeadline: Instant? { run?.end }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    guard let run, run.end <= instant else { return }
    self.run = nil
    switch run.determination.outcome {
    case .failed(.connectionLost): isOn = false
    case let outcome:
      lastResult = SunTechResult(outcome)
      emit(run.end, SunTechReply.letter(.done).encoded)
    }
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    switch input {
    case .opened:
      isOn = true
      command.removeAll()
    case .bytes(let bytes):
      for byte in bytes {
        guard isOn, let reply = take(byte, at: instant) else { continue }
        emit(instant, reply.encoded)
      }
    case .feature: break
    }
  }

  /// Takes one byte from the host; a reply when it completes a command.
  private mutating func take(_ byte: UInt8, at instant: Instant) -> SunTechReply? {
    guard byte == 0x3A || !command.isEmpty else { return nil }
    command.append(byte)
    guard command.count >= 2 else { return nil }
    // 79 and 17 carry two bytes more; nobody sends us 0C.
    let length = command[1] == 0x79 || command[1] == 0x17 ? 5 : 3
    guard command.count == length else { return nil }
    defer { command.removeAll() }
    guard command.reduce(0, &+) == 0 else { return .letter(.badPacket) }
    switch command[1] {
    case 0x20, 0x28, 0x87: return start(at: instant)
    case 0x79: return tell(command[2], at: instant)
    case 0x17: return .letter(.done)
    case 0x8A:
      run = nil
      return .letter(.reset)
    default: return .letter(.badPacket)
    }
  }

  private mutating func start(at instant: Instant) -> SunTechReply? {
    guard run == nil else { return .letter(.busy) }
    let determination = patient.determination(instant)
    if determination.outcome == .failed(.noAnswer) { return nil }
    run = Run(
      begun: instant, end: instant + max(determination.duration, .milliseconds(1)),
      determination: determination)
    return .letter(.begun)
  }

  private mutating func tell(_ what: UInt8, at instant: Instant) -> SunTechReply {
    switch what {
    case 0x01:
      run = nil
      return .letter(.aborted)
    case 0x03: return .result(lastResult)
    case 0x05: return .cuffPressure(mmHg: cuffPressure(at: instant))
    default: return .letter(.badPacket)
    }
  }

  /// Up to 40 mmHg above systolic in the first fifth, then down in a straight line to 20.
  private func cuffPressure(at instant: Instant) -> Int {
    guard let run else { return 0 }
    var top = 180
    if case .result(let pressure) = run.determination.outcome { top = pressure.systolic + 40 }
    let elapsed = (instant - run.begun).nanoseconds
    let whole = (run.end - run.begun).nanoseconds
    let inflation = max(1, whole / 5)
    if elapsed < inflation { return Int(Int64(top) * elapsed / inflation) }
    return top - Int(Int64(top - 20) * (elapsed - inflation) / max(1, whole - inflation))
  }
}

extension SunTechResult {
  /// The result a module would report for an outcome.
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
