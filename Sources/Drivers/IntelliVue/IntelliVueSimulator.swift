import Vitals

/// Plays a monitor at the serial line: associates, says who it is, and answers polls.
///
/// Unpolled for 10 s it ends the association. While the patient's cable is out it is the whole line
/// that is cut.
struct IntelliVueSimulator: Simulator {
  private static let patience = Duration.seconds(10)
  /// An association request, every byte escaped.
  private static let longestRequest = 2 + 2 * 256

  private let patient: SimulatedPatient
  private var isOn = false
  /// When the association ends; `nil` without one.
  private var endsAt: Instant?
  /// A frame from the host whose end has not come yet.
  private var request: [UInt8] = []

  init(patient: SimulatedPatient) { self.patient = patient }

  var nextDeadline: Instant? { endsAt }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    guard let endsAt, endsAt <= instant else { return }
    self.endsAt = nil
    say(IntelliVueEncoder.aborted, at: endsAt, emit: emit)
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    switch input {
    case .opened:
      isOn = true
      endsAt = nil
      request.removeAll()
    case .bytes(let bytes):
      guard isOn, patient.oximetry(instant) != nil else { return }
      for byte in bytes {
        if byte == IntelliVueFrame.begin || request.count > Self.longestRequest {
          request.removeAll()
        }
        request.append(byte)
        guard byte == IntelliVueFrame.end else { continue }
        if let payload = IntelliVueFrame.payload(of: request.span) {
          answer(payload.span, at: instant, emit: emit)
        }
        request.removeAll()
      }
    case .feature: break
    }
  }

  private mutating func answer(
    _ payload: Span<UInt8>, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    switch payload.isEmpty ? 0 : payload[0] {
    case IntelliVueMessage.Session.connect:
      endsAt = instant + Self.patience
      say(IntelliVueEncoder.accepted, at: instant, emit: emit)
      say(
        IntelliVueEncoder.mdsCreated(
          invoke: 1, manufacturer: "Philips", model: "M8000", time: time(at: instant)),
        at: instant, emit: emit)
    case IntelliVueMessage.Session.finish:
      guard endsAt != nil else { break }
      endsAt = nil
      say(IntelliVueEncoder.released, at: instant, emit: emit)
    case IntelliVueMessage.Session.data:
      // A poll: an action, with its number behind the action's name and length.
      guard endsAt != nil, payload.bigEndian(at: 4) == IntelliVueMessage.Operation.invoke,
        payload.bigEndian(at: 24) == IntelliVueResult.singlePoll,
        let number: UInt16 = payload.bigEndian(at: 8)
      else { break }
      endsAt = instant + Self.patience
      report(number, at: instant, emit: emit)
    default: break
    }
  }

  /// The answer to a poll; linked where it is long.
  private func report(_ number: UInt16, at instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    guard let reading = patient.oximetry(instant) else { return }
    let time = time(at: instant)
    let oximetry =
      IntelliVueEncoder.observations(reading)
      + (patient.respiration(instant).map { [IntelliVueEncoder.observation($0)] } ?? [])
    guard let last = patient.lastPressure(instant) else {
      say(
        IntelliVueEncoder.pollResult(number, time: time, oximetry), at: instant, emit: emit)
      return
    }
    let pressure = IntelliVueEncoder.observations(last.pressure, at: last.at)
    say(
      IntelliVueEncoder.pollResult(number, link: .init(state: 1, count: 1), time: time, oximetry),
      at: instant, emit: emit)
    say(
      IntelliVueEncoder.pollResult(number, link: .init(state: 3, count: 2), time: time, pressure),
      at: instant, emit: emit)
    say(IntelliVueEncoder.pollResult(number, time: time, []), at: instant, emit: emit)
  }

  private func say(_ payload: [UInt8], at instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    guard isOn, patient.oximetry(instant) != nil else { return }
    emit(instant, IntelliVueFrame.encode(payload))
  }

  /// The monitor's own time, in eighths of a millisecond.
  private func time(at instant: Instant) -> UInt32 {
    UInt32(truncatingIfNeeded: instant.nanoseconds / 125_000)
  }
}

extension IntelliVueEncoder {
  /// An oximeter's numbers as the monitor shows them.
  static func observations(_ reading: OximeterReading) -> [Observation] {
    let state = state(for: reading.status)
    // A monitor in demonstration shows numbers all the same.
    let isShown = state.isDisjoint(with: [.invalid, .unavailable])
    func observation(
      _ handle: UInt16, _ id: IntelliVueValue.ID, _ unit: IntelliVueValue.Unit,
      _ mantissa: Int?, exponent: Int = 0
    ) -> Observation {
      let float = isShown ? mantissa.map { IntelliVueValue.float($0, exponent: exponent) } : nil
      let value = IntelliVueValue(
        id: id, state: float == nil && isShown ? .invalid : state, unit: unit,
        float: float ?? IntelliVueValue.notANumber)
      return Observation(handle: handle, values: [value])
    }
    return [
      observation(
        0x8693, .saturation, .percent, reading.saturation.map { $0.percent * 10 }, exponent: -1),
      observation(0x8694, .pulse, .perMinute, reading.pulseRate?.perMinute),
      observation(
        0x8695, .perfusion, .none, reading.perfusionIndex?.hundredths, exponent: -2),
    ]
  }

  /// Breathing as the monitor counts it.
  static func observation(_ rate: RespirationRate) -> Observation {
    Observation(
      handle: 0x8696,
      values: [
        IntelliVueValue(
          id: .respiration, unit: .breathsPerMinute, float: IntelliVueValue.float(rate.perMinute))
      ])
  }

  private static func state(for status: SignalStatus) -> IntelliVueValue.State {
    if status.contains(.sensorDisconnected) { return .unavailable }
    if status.contains(.demonstration) { return .demonstration }
    if !status.isDisjoint(with: .unusable) { return .invalid }
    return status.contains(.lowConfidence) ? .questionable : []
  }

  /// A pressure as it stands on the monitor since `instant`.
  static func observations(_ pressure: BloodPressure, at instant: Instant) -> [Observation] {
    func value(_ id: IntelliVueValue.ID, _ unit: IntelliVueValue.Unit, _ number: Int)
      -> IntelliVueValue
    {
      IntelliVueValue(id: id, unit: unit, float: IntelliVueValue.float(number))
    }
    let time = UInt64(bitPattern: instant.nanoseconds / 1_000_000_000)
    var observations = [
      Observation(
        handle: 0x827C,
        values: [
          value(.systolic, .mmHg, pressure.systolic), value(.diastolic, .mmHg, pressure.diastolic),
          value(.mean, .mmHg, pressure.mean),
        ], time: time)
    ]
    if let rate = pressure.pulseRate {
      observations.append(
        Observation(
          handle: 0x827F, values: [value(.cuffPulse, .perMinute, rate.perMinute)], time: time))
    }
    return observations
  }
}
