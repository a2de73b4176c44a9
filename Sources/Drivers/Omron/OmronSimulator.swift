import Vitals

/// Plays an Omron HEM-790IT with what its first user has measured.
struct OmronSimulator: Simulator {
  /// What it held before: the examples of `protocols.md` 2.6.
  private static let memory: [OmronReading] = [
    record(129, 78, 77, day: 21, minute: 10), record(123, 78, 87, day: 20, minute: 6),
    record(120, 73, 67, day: 19, minute: 8),
  ].compactMap(\.self)
  /// The answers of a real one.
  private static let version = Array("M7080IT 207".utf8)
  private static let profile = Array("0010100000".utf8)
  private static let serial: [UInt8] = [0x06, 0, 0, 0, 0, 0, 0]

  private let patient: SimulatedPatient
  private var isOn = false
  /// In daily mode the first zeros are not enough.
  private var isRestless = false
  /// A real one says "NO" now and then; this one at the first question for the newest reading.
  private var hasRefused = false
  /// What came in since the last answer.
  private var received: [UInt8] = []

  init(patient: SimulatedPatient) { self.patient = patient }

  var nextDeadline: Instant? { nil }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {}

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    switch input {
    case .opened:
      self = OmronSimulator(patient: patient)
      isOn = true
    case .feature(let feature):
      guard isOn else { return }
      isRestless = feature != OmronMode.identity.feature
      received.removeAll()
      emit(instant, OmronReply.nothing.encoded[0])
    case .bytes(let report):
      guard isOn, report.count == OmronReply.reportLength, let count = report.first, count < 8
      else { return }
      received += report[1..<1 + Int(count)]
      for report in answer(at: instant) { emit(instant, report) }
    }
  }

  /// The reports of the answer once a command is complete.
  private mutating func answer(at instant: Instant) -> [[UInt8]] {
    if received.first == 0 { return awake() }
    let letters = received.prefix(3)
    guard letters.count == 3 else { return [] }
    let readings = readings(at: instant)
    let isLong = letters.elementsEqual("GDC".utf8) || letters.elementsEqual("GME".utf8)
    guard received.count >= (isLong ? 8 : 5) else { return [] }
    defer { received.removeAll() }
    let commands: [(OmronCommand, [UInt8])] = [
      (.version, Self.version), (.profile, Self.profile), (.serial, Self.serial),
    ]
    if let known = commands.first(where: { $0.0.bytes == received }) {
      return OmronReply.data(known.1).encoded
    }
    if received == OmronCommand.end.bytes {
      return OmronReply.ok.encoded + OmronReply.off.encoded
    }
    guard isLong, received[3...].reduce(0, ^) == 0 else { return OmronReply.again.encoded }
    let held = received[4] == 0 ? readings : []
    if letters.elementsEqual("GDC".utf8) {
      return OmronReply.data([0, 0x13, 0, UInt8(held.count)]).encoded
    }
    let index = Int(received[6])
    guard index < held.count, hasRefused || index > 0 else {
      hasRefused = true
      return OmronReply.again.encoded
    }
    return OmronReply.data(held[index].encoded).encoded
  }

  private mutating func awake() -> [[UInt8]] {
    guard received.count >= 30 else { return [] }
    received.removeAll()
    guard isRestless else { return OmronReply.ok.encoded }
    isRestless = false
    return [[8, 0x60, 0, 0, 0, 0, 0, 0]]
  }

  /// The newest first.
  private func readings(at instant: Instant) -> [OmronReading] {
    let newest = patient.lastPressure(instant).flatMap { last in
      Self.clock.flatMap {
        let seconds = max(0, Int(last.at.milliseconds / 1000))
        return OmronReading(last.pressure, at: $0.advanced(bySeconds: seconds))
      }
    }
    return [newest].compactMap(\.self) + Self.memory
  }

  /// The device's clock at the beginning of time.
  private static let clock = DeviceTime(year: 2026, month: 3, day: 14, hour: 9, minute: 0)

  private static func record(
    _ systolic: Int, _ diastolic: Int, _ rate: Int, day: Int, minute: Int
  ) -> OmronReading? {
    let pressure = BloodPressure(
      systolic: systolic, diastolic: diastolic, pulseRate: PulseRate(perMinute: rate))
    let time = DeviceTime(year: 2008, month: 4, day: day, hour: 16, minute: minute, second: 46)
    return pressure.flatMap { pressure in time.flatMap { OmronReading(pressure, at: $0) } }
  }
}
