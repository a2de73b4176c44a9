import Vitals

/// Which of our measurements a coded field names, by number and name (`clinical.md` 5.2).
enum HL7Codes {
  enum Match: Equatable {
    case none
    case one(Codes)
    /// A number of ours under another's name, or two codes that disagree.
    case contradiction
  }

  private struct Row {
    let measurement: Codes
    let number: Int
    let name: StaticString
  }

  /// ISO/IEEE 11073-10101: partition 2, so 131072 + the bare term.
  private static let nomenclature = [
    Row(measurement: .saturation, number: 150_456, name: "MDC_PULS_OXIM_SAT_O2"),
    Row(measurement: .pulseRate, number: 149_530, name: "MDC_PULS_OXIM_PULS_RATE"),
    Row(measurement: .perfusionIndex, number: 150_488, name: "MDC_BLD_PERF_INDEX"),
    Row(measurement: .perfusionIndex, number: 150_448, name: "MDC_PULS_OXIM_PERF_REL"),
    Row(measurement: .systolic, number: 150_021, name: "MDC_PRESS_BLD_NONINV_SYS"),
    Row(measurement: .diastolic, number: 150_022, name: "MDC_PRESS_BLD_NONINV_DIA"),
    Row(measurement: .mean, number: 150_023, name: "MDC_PRESS_BLD_NONINV_MEAN"),
    Row(measurement: .systolic, number: 150_301, name: "MDC_PRESS_CUFF_SYS"),
    Row(measurement: .diastolic, number: 150_302, name: "MDC_PRESS_CUFF_DIA"),
    Row(measurement: .mean, number: 150_303, name: "MDC_PRESS_CUFF_MEAN"),
    Row(measurement: .cuffPulseRate, number: 149_546, name: "MDC_PULS_RATE_NON_INV"),
    Row(measurement: .respiration, number: 151_562, name: "MDC_RESP_RATE"),
  ]
  private static let partition = 131_072

  /// LOINC, where the code can mean nothing else: not 8867-4, which is any heart rate.
  private static let loinc: [(code: StaticString, measurement: Codes)] = [
    ("59408-5", .saturation), ("8889-8", .pulseRate), ("61006-3", .perfusionIndex),
    ("8480-6", .systolic), ("8462-4", .diastolic), ("8478-0", .mean),
    ("76534-7", .systolic), ("76535-4", .diastolic), ("76536-2", .mean), ("9279-1", .respiration),
  ]

  /// Reads OBX-3, with its alternate code where it has one.
  static func match(
    _ text: Span<UInt8>, _ place: Range<Int>, _ separators: HL7Separators
  ) -> Match {
    func part(_ number: Int) -> Range<Int> {
      text.part(number, of: place, by: separators.component)
    }
    let first = match(text, code: part(1), name: part(2), system: part(3))
    let second = match(text, code: part(4), name: part(5), system: part(6))
    switch (first, second) {
    case (.none, let one), (let one, .none): return one
    default: return first == second ? first : .contradiction
    }
  }

  private static func match(
    _ text: Span<UInt8>, code: Range<Int>, name: Range<Int>, system: Range<Int>
  ) -> Match {
    if text.reads("LN", in: system) {
      let row = loinc.first { text.reads($0.code, in: code) }
      return row.map { .one($0.measurement) } ?? .none
    }
    guard system.isEmpty || text.reads("MDC", in: system),
      let number = text.unsigned(in: code),
      let row = nomenclature.first(where: {
        $0.number == number || $0.number - partition == number
      })
    else { return .none }
    return name.isEmpty || text.reads(row.name, in: name) ? .one(row.measurement) : .contradiction
  }
}

/// The units in which our measurements may come, OBX-6.
enum HL7Unit {
  case percent, mmHg, beatsPerMinute, breathsPerMinute
  /// Of whatever there is to count.
  case perMinute

  private struct Row {
    let unit: HL7Unit
    /// ISO/IEEE 11073-10101, partition 4; 0 for one that has no code there.
    let number: Int
    let name: StaticString
    /// UCUM, and what people write for it.
    let texts: [StaticString]
  }

  private static let rows = [
    Row(unit: .percent, number: 262_688, name: "MDC_DIM_PERCENT", texts: ["%"]),
    Row(
      unit: .beatsPerMinute, number: 264_864, name: "MDC_DIM_BEAT_PER_MIN",
      texts: ["{beat}/min", "{beats}/min", "bpm"]),
    Row(
      unit: .breathsPerMinute, number: 264_928, name: "MDC_DIM_RESP_PER_MIN",
      texts: ["{breath}/min", "{breaths}/min", "{resp}/min", "rpm"]),
    Row(unit: .perMinute, number: 0, name: "", texts: ["/min", "1/min"]),
    Row(unit: .mmHg, number: 266_016, name: "MDC_DIM_MMHG", texts: ["mm[Hg]", "mmHg"]),
  ]
  /// Partition 4.
  private static let partition = 262_144

  /// Reads a coded unit; `nil` for one that is not known, or two that disagree.
  init?(_ text: Span<UInt8>, _ place: Range<Int>, _ separators: HL7Separators) {
    func part(_ number: Int) -> Range<Int> {
      text.part(number, of: place, by: separators.component)
    }
    guard let unit = Self.unit(text, code: part(1), name: part(2)) else { return nil }
    guard let alternate = Self.unit(text, code: part(4), name: 0..<0), alternate != unit else {
      self = unit
      return
    }
    // What is counted may stand in one of the two only.
    let counted = [unit, alternate].filter { $0 != .perMinute }
    guard counted.count == 1, let unit = counted.first, unit.isFrequency else { return nil }
    self = unit
  }

  private static func unit(
    _ text: Span<UInt8>, code: Range<Int>, name: Range<Int>
  ) -> HL7Unit? {
    guard let number = text.unsigned(in: code) else {
      return rows.first { $0.texts.contains { text.reads($0, in: code) } }?.unit
    }
    return rows.first {
      $0.number > 0 && ($0.number == number || $0.number - partition == number)
        && (name.isEmpty || text.reads($0.name, in: name))
    }?.unit
  }

  private var isFrequency: Bool { self == .beatsPerMinute || self == .breathsPerMinute }

  /// Whether a measurement comes in this unit.
  func fits(_ measurement: Codes) -> Bool {
    switch measurement {
    case .saturation, .perfusionIndex: self == .percent
    case .pulseRate, .cuffPulseRate: self == .beatsPerMinute || self == .perMinute
    case .respiration: self == .breathsPerMinute || self == .perMinute
    case .systolic, .diastolic, .mean: self == .mmHg
    }
  }
}

extension Span<UInt8> {
  /// A number of digits and nothing else.
  func unsigned(in place: Range<Int>) -> Int? {
    guard let first = place.first, self[first] != UInt8(ascii: " ") else { return nil }
    return decimal(in: place)
  }
}
