import Vitals

/// Plays a Datex-Ohmeda monitor: sends records as often as it was asked to.
struct DRISimulator: Simulator {
  /// 2026-03-14 15:00:00, in Unix time, when the monitor was switched on.
  private static let epoch: UInt32 = 1_773_500_400
  private static let longestRequest = 2 + 2 * (DRIRequest.length + 1)

  private let patient: SimulatedPatient
  private var poweredAt: Instant?
  private var interval = Duration.zero
  private var sendAt: Instant?
  private var number: UInt8 = 0
  /// A frame from the host whose end has not come yet.
  private var request: [UInt8] = []

  init(patient: SimulatedPatient) { self.patient = patient }

  var nextDeadline: Instant? { sendAt }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let due = sendAt, due <= instant {
      sendAt = interval > .zero ? due + interval : nil
      guard let reading = patient.oximetry(due), let poweredAt else { continue }
      var record = DRIRecord(
        time: Self.epoch &+ UInt32(truncatingIfNeeded: (due - poweredAt).wholeSeconds))
      record.oximetry = DRIRecord.Oximetry(reading)
      record.pressure.status = .measures
      if let last = patient.lastPressure(due) {
        record.pressure = DRIRecord.Pressure(last.pressure)
      }
      if let rate = patient.respiration(due) {
        record.impedance.status = .measures
        record.impedance.rate = Int16(rate.perMinute)
      }
      number &+= 1
      emit(due, DRIFrame.encode(record.encoded(number: number)))
    }
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    switch input {
    case .opened:
      self = DRISimulator(patient: patient)
      poweredAt = instant
    case .bytes(let bytes):
      guard poweredAt != nil, patient.oximetry(instant) != nil else { return }
      for byte in bytes { take(byte, at: instant) }
    case .feature: break
    }
  }

  private mutating func take(_ byte: UInt8, at instant: Instant) {
    if request.count > Self.longestRequest { request.removeAll() }
    request.append(byte)
    guard byte == DRIFrame.flag, request.count > 1 else { return }
    guard let record = DRIFrame.record(in: request.span) else {
      // This flag may begin the next.
      request = [byte]
      return
    }
    request.removeAll()
    guard let order = DRIRequest(record.span) else { return }
    interval = .seconds(Int(max(order.intervalSeconds, 0)))
    // The monitor takes a moment to begin; 0 asks for none.
    sendAt = order.intervalSeconds == 0 ? nil : instant + .seconds(1)
  }
}

extension DRIRecord.Oximetry {
  /// An oximeter's numbers as far as the monitor can say them.
  init(_ reading: OximeterReading) {
    self.init()
    if reading.status.contains(.sensorDisconnected) { return }
    status = reading.status.isDisjoint(with: .offPatient) ? .measures : .exists
    guard reading.status.isDisjoint(with: .unusable) else { return }
    if let percent = reading.saturation?.percent { saturation = Int16(percent * 100) }
    if let rate = reading.pulseRate?.perMinute { pulseRate = Int16(rate) }
  }
}

extension DRIRecord.Pressure {
  /// A pressure as it stands on the monitor.
  init(_ pressure: BloodPressure) {
    self.init()
    status = .measures
    systolic = Int16(pressure.systolic * 100)
    diastolic = Int16(pressure.diastolic * 100)
    mean = Int16(pressure.mean * 100)
    if let rate = pressure.pulseRate?.perMinute { pulseRate = Int16(rate) }
  }
}
