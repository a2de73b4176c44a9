import Vitals

/// Plays a Contec 08A with what user 0 has measured in its memory.
struct Contec08ASimulator: Simulator {
  /// What it held before: the examples of `protocols.md` 2.5, and one below 128.
  private static let memory: [Contec08ARecord] = [
    record(148, 85, 105, 72, day: 1, minute: 9), record(146, 86, 113, 58, day: 2, minute: 5),
    record(128, 80, 98, 61, day: 3, minute: 1), record(118, 76, 91, 66, day: 4, minute: 30),
  ].compactMap(\.self)

  private let patient: SimulatedPatient
  private var isOn = false

  init(patient: SimulatedPatient) { self.patient = patient }

  var nextDeadline: Instant? { nil }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {}

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    switch input {
    case .opened: isOn = true
    case .feature: break
    case .bytes(let bytes):
      guard isOn, let command = Contec08ACommand(bytes) else { return }
      for report in answer(command, at: instant) { emit(instant, report.encoded) }
    }
  }

  private func answer(_ command: Contec08ACommand, at instant: Instant) -> [Contec08AReport] {
    switch command {
    case .hello: return []
    case .greet: return [.identity]
    case .download(let user):
      let records = user == 0 ? records(at: instant) : []
      return [.ready(isOn: true), .header(records: records.count, user: user + 1)]
        + records.map { .record($0) }
    }
  }

  /// The device has older ones as well.
  private func records(at instant: Instant) -> [Contec08ARecord] {
    let newest = patient.lastPressure(instant).flatMap { last in
      Self.clock.flatMap {
        let seconds = max(0, Int(last.at.milliseconds / 1000))
        return Contec08ARecord(last.pressure, at: $0.advanced(bySeconds: seconds))
      }
    }
    return Self.memory + [newest].compactMap(\.self)
  }

  /// The device's clock at the beginning of time.
  private static let clock = DeviceTime(year: 2026, month: 3, day: 14, hour: 9, minute: 0)

  private static func record(
    _ systolic: Int, _ diastolic: Int, _ mean: Int, _ rate: Int, day: Int, minute: Int
  ) -> Contec08ARecord? {
    let pressure = BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: mean, pulseRate: PulseRate(perMinute: rate))
    let time = DeviceTime(year: 2023, month: 5, day: day, hour: 10, minute: minute)
    return pressure.flatMap { pressure in time.flatMap { Contec08ARecord(pressure, at: $0) } }
  }
}
