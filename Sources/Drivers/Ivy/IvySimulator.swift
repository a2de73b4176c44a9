import Vitals

/// Plays an Ivy 450C: a frame a second, with the last pressure it measured by itself.
struct IvySimulator: Simulator {
  private static let samplesPerSecond = 50

  private let patient: SimulatedPatient
  private var wave = PulseWave()
  /// When the next frame is due; `nil` while it is off.
  private(set) var nextDeadline: Instant?

  init(patient: SimulatedPatient) { self.patient = patient }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let due = nextDeadline, due <= instant {
      nextDeadline = due + .seconds(1)
      guard let reading = patient.oximetry(due) else { continue }
      emit(due, frame(reading, patient.lastPressure(due)?.pressure))
    }
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    guard case .opened = input else { return }
    wave = PulseWave()
    nextDeadline = instant
    advance(to: instant, emit: emit)
  }

  private mutating func frame(_ reading: OximeterReading, _ pressure: BloodPressure?) -> [UInt8] {
    let hasNumbers = reading.status.isDisjoint(with: .withoutNumbers)
    var frame = IvyFrame()
    frame.status = reading.status
    frame.saturation = hasNumbers ? reading.saturation?.percent : nil
    frame.pulseRate = hasNumbers ? reading.pulseRate?.perMinute : nil
    frame.pressure = pressure.map {
      IvyFrame.Pressure(
        systolic: $0.systolic, diastolic: $0.diastolic, mean: $0.measuredMean,
        pulseRate: $0.pulseRate?.perMinute)
    }
    let rate = hasNumbers ? reading.pulseRate : nil
    let pleth = (0..<Self.samplesPerSecond).map { _ in
      0x60 + wave.next(rate, framesPerMinute: Self.samplesPerSecond * 60).level / 2
    }
    return frame.encoded(pleth: pleth)
  }
}

extension IvyFrame {
  /// The bytes on the wire; waves but for the pleth are flat.
  ///
  /// - Parameter pleth: 50 samples; missing ones are filled up, more are left out.
  public func encoded(pleth: [UInt8] = []) -> [UInt8] {
    let isOff = !status.isDisjoint(with: .offPatient)
    let isSearching = !status.isDisjoint(with: [.searching, .nonPulsatile])
    let rate = pulseRate.map { String($0) } ?? ""
    let label =
      isOff
      ? "SENSOR OFF"
      : isSearching
        ? "PULSE SEARCH" : "PR=" + rate + String(repeating: " ", count: max(0, 3 - rate.count))
    let alarm = status.contains(.artifact) ? "MOTION" : ""
    let pressures = [
      pressure?.systolic, pressure?.diastolic, pressure?.mean, pressure?.pulseRate,
    ]
    let lines = [
      "HR=1;;ECG-II-DIAG;", "RR=1;;APNEA: 20 SEC;", "ETCO2=1;;;",
      "SPO2=1;\(text(saturation));\(label);\(alarm)",
      "NIBP=4;" + pressures.map(text).joined(separator: ";") + ";;",
      "P1=3;;;;NO TRANSDUCER;", "P2=3;;;;NO TRANSDUCER;", "T1=1;;;", "T2=1;;;",
    ]
    var bytes = [IvyLayout.start] + Array("ANSAR-B ".utf8)
    for (level, count) in [(0x76, 200), (0x80, 50)] as [(UInt8, Int)] {
      bytes += Array(repeating: level, count: count)
    }
    bytes += pleth.prefix(50)
    bytes += Array(repeating: 0x80, count: IvyLayout.waves.upperBound - bytes.count)
    return bytes + Array(lines.map { $0 + "\r" }.joined().utf8) + [IvyLayout.end]
  }

  private func text(_ number: Int?) -> String { number.map { String($0) } ?? "" }
}
