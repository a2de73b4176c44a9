public import Vitals

/// What concerns us of all the numbers a monitor has.
public struct IntelliVueNumerics: Hashable, Sendable {
  /// SpO2.
  public var saturation: IntelliVueValue?
  /// Pulse rate of the oximeter.
  public var pulse: IntelliVueValue?
  /// Perfusion index.
  public var perfusion: IntelliVueValue?
  /// Respiration rate, of whatever source the monitor takes it from.
  public var breathing: IntelliVueValue?
  /// Systolic pressure of the last determination.
  public var systolic: IntelliVueValue?
  /// Diastolic pressure of the last determination.
  public var diastolic: IntelliVueValue?
  /// Mean pressure of the last determination.
  public var mean: IntelliVueValue?
  /// Pulse rate of the last determination.
  public var cuffPulse: IntelliVueValue?
  /// When the pressure was measured, eight digits of BCD by the monitor's clock.
  var pressureTime: UInt64?
  /// The same of the cuff's pulse rate.
  var cuffPulseTime: UInt64?

  /// Creates an empty set.
  public init() {}

  /// Every mark an oximetry reading can carry.
  static let reports: SignalStatus = [
    .sensorOff, .sensorDisconnected, .searching, .poorSignal, .demonstration, .lowConfidence,
  ]

  /// Keeps a value that concerns us; of two of a kind the first.
  mutating func note(_ value: IntelliVueValue, time: UInt64?) {
    switch value.id {
    case .saturation: saturation = saturation ?? value
    case .pulse: pulse = pulse ?? value
    case .perfusion: perfusion = perfusion ?? value
    case .respiration: breathing = breathing ?? value
    case .systolic: (systolic, pressureTime) = (systolic ?? value, pressureTime ?? time)
    case .diastolic: diastolic = diastolic ?? value
    case .mean: mean = mean ?? value
    case .cuffPulse: (cuffPulse, cuffPulseTime) = (cuffPulse ?? value, cuffPulseTime ?? time)
    default: break
    }
  }

  /// Adds the numbers of another part of the same result.
  mutating func merge(_ other: IntelliVueNumerics) {
    let untimed = [
      other.saturation, other.pulse, other.perfusion, other.breathing, other.diastolic, other.mean,
    ]
    for case let value? in untimed { note(value, time: nil) }
    if let value = other.systolic { note(value, time: other.pressureTime) }
    if let value = other.cuffPulse { note(value, time: other.cuffPulseTime) }
  }

  /// What the oximeter says; `nil` when the monitor lists none.
  public var oximetry: OximeterReading? {
    guard let saturation else { return nil }
    var status = saturation.status
    // A pulse rate that is missing for the moment says nothing of the sensor.
    for other in [pulse, perfusion] {
      guard let other else { continue }
      status.formUnion(other.status.intersection([.demonstration]))
    }
    if let pulse { status.formUnion(pulse.status.intersection([.lowConfidence])) }
    guard status.isDisjoint(with: .withoutNumbers) else { return OximeterReading(status: status) }
    return OximeterReading(
      saturation: saturation.number(in: .percent).flatMap(whole).flatMap(Saturation.init),
      pulseRate: pulse?.number(in: .perMinute).flatMap(whole).flatMap(PulseRate.init),
      perfusionIndex: perfusion?.number(in: .none).map { $0 * 100 }.flatMap(whole)
        .flatMap(PerfusionIndex.init),
      status: status)
  }

  /// The respiration rate the monitor shows; `nil` for none.
  public var respiration: RespirationRate? {
    breathing?.number(in: .breathsPerMinute).flatMap(whole).flatMap(RespirationRate.init)
  }

  /// The pressure the monitor shows, new or old; `nil` for none, and for a first estimate.
  var pressure: ShownPressure? {
    guard let systolic, let diastolic, let high = systolic.mmHg, let low = diastolic.mmHg else {
      return nil
    }
    let states = systolic.state.union(diastolic.state).union(mean?.state ?? [])
    guard states.isDisjoint(with: [.early, .test, .demonstration]) else { return nil }
    return ShownPressure(
      systolic: high, diastolic: low, mean: mean?.mmHg, pulseRate: cuffPulseRate,
      time: pressureTime, isQuestionable: states.contains(.questionable))
  }

  /// The pulse rate of the same determination as the pressure.
  private var cuffPulseRate: PulseRate? {
    guard cuffPulseTime == pressureTime else { return nil }
    return cuffPulse?.number(in: .perMinute).flatMap(whole).flatMap(PulseRate.init)
  }

  private func whole(_ number: Double) -> Int? { Int(exactly: number.rounded()) }
}
