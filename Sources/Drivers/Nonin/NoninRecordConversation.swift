import Vitals

/// The driver of `nonin-13`.
struct Nonin13Driver: FramedDriver {
  var line = FramedLine(Nonin13Conversation())
}

/// Reads Nonin's spot-check records.
///
/// One taken just now is a reading like any other, and grows old like any other; one out of the
/// device's memory is a late entry and never a reading of now.
struct Nonin13Conversation: NoninConversation {
  typealias Format = Nonin13Layout

  // With a record for each finger, a device that is set well may be silent for long.
  var selection = NoninSelection(format: Format.format, isSettledByAnswer: true)

  mutating func readFrame(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let record = NoninRecord(frame) else { return }
    let reading = record.reading
    emit(
      instant,
      record.isFromMemory
        ? .stored(StoredReading(.oximetry(reading), deviceTime: record.time))
        : .oximetry(reading))
  }
}

/// Plays Nonin's spot-check records: two out of the memory, then a finger every 10 s.
struct NoninRecordEncoder: FrameEncoder {
  var framesPerMinute: Int { 6 }

  private let memory: [(time: DeviceTime?, reading: OximeterReading)] = [
    (
      DeviceTime(year: 2026, month: 3, day: 13, hour: 16, minute: 40, second: 12),
      OximeterReading(
        saturation: Saturation(percent: 95), pulseRate: PulseRate(perMinute: 131),
        status: .highQuality)
    ),
    (
      DeviceTime(year: 2026, month: 3, day: 14, hour: 9, minute: 1, second: 7),
      OximeterReading(status: .sensorOff)
    ),
  ]
  private let start = DeviceTime(
    year: 2026, month: 3, day: 14, hour: 9, minute: 5, second: 30)

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    let stored = memory.flatMap { record(of: $0.reading, at: $0.time, isFromMemory: true) }
    let fresh = record(
      of: reading, at: start?.advanced(bySeconds: index * 10), isFromMemory: false)
    return index == 0 ? stored + fresh : fresh
  }

  private func record(
    of reading: OximeterReading, at time: DeviceTime?, isFromMemory: Bool
  ) -> [UInt8] {
    var record = NoninRecord()
    record.time = time
    record.isFromMemory = isFromMemory
    record.isSmartPoint = reading.status.contains(.highQuality)
    record.isLowBattery = reading.status.contains(.lowBattery)
    if let rate = reading.pulseRate, let saturation = reading.saturation {
      record.heartRate = UInt16(rate.perMinute)
      record.saturation = UInt8(saturation.percent)
    } else {
      record.isWithoutMeasurement = true
    }
    return record.encoded
  }
}
