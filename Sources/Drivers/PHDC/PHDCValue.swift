import Vitals

/// What one observation of one object says.
struct PHDCValue {
  /// One number, or those of a compound.
  private(set) var numbers: [SFloat] = []
  private(set) var bits: UInt16?
  private(set) var measurementStatus: UInt16 = 0
  private(set) var stamp: PHDCStamp?
  private var unit: PHDCUnit?
  private let object: PHDCObject

  var kind: PHDCKind { object.kind }
  var isSpot: Bool { object.isSpot }

  private static let mostNumbers = 4

  /// Reads values without names, which must fill the map; leaves off behind them.
  init?(
    _ object: PHDCObject, _ map: PHDCValueMap, _ values: inout PHDCFields, _ bytes: Span<UInt8>
  ) {
    self.object = object
    unit = object.unit
    for entry in map.entries {
      guard let value = values.part(entry.length) else { return nil }
      take(entry.attribute, value, bytes)
    }
  }

  /// Reads values with names.
  init(_ object: PHDCObject, _ attributes: PHDCList, _ bytes: Span<UInt8>) {
    self.object = object
    unit = object.unit
    _ = attributes.read { element in
      guard let (id, value) = element.attribute(bytes) else { return false }
      take(id, value, bytes)
      return true
    }
  }

  private mutating func take(_ id: UInt16, _ value: PHDCFields, _ bytes: Span<UInt8>) {
    var value = value
    switch PHDCAttribute(rawValue: id) {
    case .basicNumber where object.kind != .pressure:
      if let number = value.u16(bytes) { numbers = [SFloat(rawValue: number)] }
    case .compoundNumber where object.kind == .pressure:
      numbers = Self.compound(value.list(bytes), bytes)
    case .measurementStatus: measurementStatus = value.u16(bytes) ?? 0xFFFF
    case .basicBits, .longBits: bits = value.u16(bytes)
    case .timeStamp, .dateAndTime: stamp = PHDCStamp(value, bytes)
    case .unit: unit = object.kind.accepts(value.u16(bytes))
    default: break
    }
  }

  private static func compound(_ list: PHDCList?, _ bytes: Span<UInt8>) -> [SFloat] {
    var numbers: [SFloat] = []
    let isWhole = list?.read { element in
      guard let number = element.u16(bytes), numbers.count < mostNumbers else { return false }
      numbers.append(SFloat(rawValue: number))
      return true
    }
    return isWhole == true ? numbers : []
  }

  /// The marks of its measurement status.
  var status: SignalStatus { PHDCStatus.marks(measurementStatus, PHDCStatus.ofMeasurement) }

  /// The number, rounded; `nil` where there is none, whatever stands in its place.
  var whole: Int? {
    guard numbers.count == 1, PHDCStatus.hasNumber(measurementStatus) else { return nil }
    return rounded(numbers[0])
  }

  /// The pressures of a determination that is done, in mmHg.
  func pressure(pulseRate: PulseRate?) -> BloodPressure? {
    guard PHDCStatus.isDone(measurementStatus), numbers.count == object.metrics.count,
      let systolic = part(.systolic), let diastolic = part(.diastolic)
    else { return nil }
    return BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: part(.mean), pulseRate: pulseRate)
  }

  private func part(_ metric: PHDCMetric) -> Int? {
    object.metrics.firstIndex(of: metric).flatMap { rounded(numbers[$0]) }
  }

  private func rounded(_ number: SFloat) -> Int? {
    guard let unit, let value = number.value else { return nil }
    return Int((unit == .kPa ? value * 7.500_62 : value).rounded())
  }
}
