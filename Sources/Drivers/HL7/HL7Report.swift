import Vitals

/// The numbers of one message ORU^R01, as far as they are ours.
struct HL7Report {
  /// A blood pressure, and when the sender says it was taken.
  struct Pressure {
    let pressure: BloodPressure
    /// OBX-14: the observation's own time.
    let time: HL7Time?
    /// OBR-7, which in periodic messages is when the period began.
    let periodStart: HL7Time?
  }

  /// A number that flows, and that its sender observed so long before the message, is an old one.
  private static let stale = Duration.seconds(60)

  private enum Entry {
    case missing
    case number(HL7Observation.Value)
    case unreadable
  }

  private var entries: [Codes: Entry] = [:]
  private var periodStart: HL7Time?
  private let time: HL7Time?
  private var isDemonstration: Bool
  /// Whether every row of ours could be read.
  private(set) var isReadable = true

  init(_ text: Span<UInt8>, _ header: HL7Header) {
    time = header.time
    isDemonstration = !header.isProduction
    var segments = HL7Segments()
    while let line = segments.next(in: text) {
      if text.has("OBX", at: line.lowerBound) {
        let segment = HL7Segment(text, line, header.separators)
        add(HL7Observation(text, segment, header.separators))
      } else if text.has("OBR", at: line.lowerBound) {
        let segment = HL7Segment(text, line, header.separators)
        periodStart = HL7Time(text, segment[7])
      }
    }
  }

  private mutating func add(_ observation: HL7Observation) {
    switch observation {
    case .other: break
    case .missing(let measurement):
      if entries[measurement] == nil { entries[measurement] = .missing }
    case .number(let measurement, let value):
      if value.trust == .demonstration { isDemonstration = true }
      if case .number(let other) = entries[measurement], other.hundredths != value.hundredths {
        // Two sensors, or a batch: which one is the patient's now cannot be told.
        entries[measurement] = .unreadable
        isReadable = false
      } else if case .unreadable = entries[measurement] {
        break
      } else {
        entries[measurement] = .number(value)
      }
    case .unreadable(let measurement):
      isReadable = false
      if let measurement { entries[measurement] = .unreadable }
    }
  }

  private func value(_ measurement: Codes) -> HL7Observation.Value? {
    guard !isDemonstration, case .number(let value) = entries[measurement] else { return nil }
    return value
  }

  private func currentValue(_ measurement: Codes) -> HL7Observation.Value? {
    guard let value = value(measurement) else { return nil }
    guard let observed = value.time, let time else { return value }
    return time.since(observed) > Self.stale ? nil : value
  }

  /// What the oximeter says; `nil` for a message that is not about it.
  var oximetry: OximeterReading? {
    let ours: [Codes] = [.saturation, .pulseRate, .perfusionIndex]
    guard ours.contains(where: { entries[$0] != nil }) else { return nil }
    guard !isDemonstration else { return OximeterReading(status: .demonstration) }
    let saturation = currentValue(.saturation)
    let rate = currentValue(.pulseRate)
    let isQuestionable = saturation?.trust == .questionable || rate?.trust == .questionable
    return OximeterReading(
      saturation: saturation.flatMap { Saturation(percent: $0.rounded) },
      pulseRate: rate.flatMap { PulseRate(perMinute: $0.rounded) },
      perfusionIndex: currentValue(.perfusionIndex)
        .flatMap { PerfusionIndex(hundredths: $0.hundredths) },
      status: isQuestionable ? .lowConfidence : [])
  }

  /// Breathing as the monitor counts it; one in doubt is none.
  var respiration: RespirationRate? {
    guard let rate = currentValue(.respiration), rate.trust == .full else { return nil }
    return RespirationRate(perMinute: rate.rounded)
  }

  /// The cuff's last result, which most monitors repeat in every message.
  var pressure: Pressure? {
    guard let systolic = value(.systolic), let diastolic = value(.diastolic) else { return nil }
    let mean = value(.mean)
    // A mean that is there but cannot be read makes the other two suspect as well.
    if case .unreadable = entries[.mean] { return nil }
    let parts = [systolic, diastolic] + (mean.map { [$0] } ?? [])
    guard parts.allSatisfy({ $0.trust == .full && $0.isSimultaneous(with: systolic) }),
      let pressure = BloodPressure(
        systolic: systolic.rounded, diastolic: diastolic.rounded, mean: mean?.rounded,
        pulseRate: value(.cuffPulseRate).flatMap { PulseRate(perMinute: $0.rounded) })
    else { return nil }
    return Pressure(pressure: pressure, time: systolic.time, periodStart: periodStart)
  }
}

extension HL7Observation.Value {
  /// The value in whole units, half up, as a display shows it.
  fileprivate var rounded: Int { (hundredths + 50) / 100 }

  fileprivate func isSimultaneous(with other: HL7Observation.Value) -> Bool {
    switch (time, other.time) {
    case (nil, nil): true
    case (let a?, let b?): a.since(b) == .zero
    default: false
    }
  }
}
