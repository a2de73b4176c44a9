/// One measurement of an agent.
struct PHDCObject {
  let handle: UInt16
  let kind: PHDCKind
  let unit: PHDCUnit
  /// Measured once, on demand, and not all the time.
  var isSpot = false
  var isFastOrSlow = false
  /// The parts of a compound number, in their order.
  var metrics: [PHDCMetric] = []
  let map: PHDCValueMap

  init(
    _ handle: UInt16, _ kind: PHDCKind, _ attributes: [PHDCAttribute], isSpot: Bool = false
  ) {
    self.handle = handle
    self.kind = kind
    self.isSpot = isSpot
    unit = kind.units[0]
    metrics = kind == .pressure ? Self.usualMetrics : []
    map = PHDCValueMap(attributes)
  }

  static let usualMetrics: [PHDCMetric] = [.systolic, .diastolic, .mean]

  /// Reads an object's attributes; `nil` for what we do not read, or not in that unit.
  init?(handle: UInt16, _ attributes: PHDCList, _ bytes: Span<UInt8>) {
    var kind: PHDCKind?
    var unit: UInt16?
    var map: PHDCValueMap?
    var modalities: [PHDCModality] = []
    var metrics: [PHDCMetric]?
    _ = attributes.read { element in
      guard case (let id, var value)? = element.attribute(bytes) else { return false }
      switch PHDCAttribute(rawValue: id) {
      case .type: kind = value.code(bytes).flatMap(PHDCKind.init(rawValue:))
      case .unit: unit = value.u16(bytes)
      case .valueMap: map = PHDCValueMap(value.list(bytes), bytes)
      case .supplementalTypes: modalities = Self.modalities(value.list(bytes), bytes)
      case .metrics: metrics = Self.metrics(value.list(bytes), bytes)
      default: break
      }
      return true
    }
    guard let kind, let measuredIn = kind.accepts(unit) else { return nil }
    self.handle = handle
    self.kind = kind
    self.unit = measuredIn
    // Without a map it reports under names alone.
    self.map = map ?? PHDCValueMap([])
    self.metrics = metrics ?? (kind == .pressure ? Self.usualMetrics : [])
    isSpot = modalities.contains(.spot)
    isFastOrSlow = modalities.contains { $0 == .fast || $0 == .slow }
  }

  private static func modalities(_ list: PHDCList?, _ bytes: Span<UInt8>) -> [PHDCModality] {
    var found: [PHDCModality] = []
    _ = list?.read { element in
      guard var type = element.part(4) else { return false }
      let code = type.code(bytes)
      if found.count < 4, let one = code.flatMap(PHDCModality.init(rawValue:)) {
        found.append(one)
      }
      return true
    }
    return found
  }

  /// `nil` where a part is unknown: then we cannot tell which number is which.
  private static func metrics(_ list: PHDCList?, _ bytes: Span<UInt8>) -> [PHDCMetric]? {
    var found: [PHDCMetric] = []
    let isKnown = list?.read { element in
      guard let metric = element.u16(bytes).flatMap(PHDCMetric.init(rawValue:)), found.count < 3
      else { return false }
      found.append(metric)
      return true
    }
    return isKnown == true ? found : []
  }
}

extension PHDCKind {
  /// The unit of this code if the kind can be read in it.
  ///
  /// Bits have none, and need not say so.
  func accepts(_ code: UInt16?) -> PHDCUnit? {
    units == [.none] ? PHDCUnit.none : units.first { $0.rawValue == code }
  }
}

extension PHDCFields {
  /// The code of a type of partition 2, the only one we know codes of.
  mutating func code(_ bytes: Span<UInt8>) -> UInt16? {
    guard let partition = u16(bytes), let code = u16(bytes), partition == 2 else { return nil }
    return code
  }
}

/// Which attributes an observation without names consists of.
struct PHDCValueMap {
  struct Entry {
    let attribute: UInt16
    let length: Int
  }

  private static let mostEntries = 8

  private(set) var entries: [Entry] = []
  private(set) var length = 0

  init(_ attributes: [PHDCAttribute]) {
    for attribute in attributes { append(attribute.rawValue, length: attribute.valueLength) }
  }

  /// Reads a map; `nil` when it is broken or beyond bounds.
  init?(_ list: PHDCList?, _ bytes: Span<UInt8>) {
    guard let list, list.count <= Self.mostEntries else { return nil }
    let isWhole = list.read { element in
      guard let attribute = element.u16(bytes), let length = element.u16(bytes) else {
        return false
      }
      append(attribute, length: Int(length))
      return true
    }
    guard isWhole else { return nil }
  }

  private mutating func append(_ attribute: UInt16, length: Int) {
    entries.append(Entry(attribute: attribute, length: length))
    self.length += length
  }

  /// The same with a time stamp at the end, unless there is one.
  var stamped: PHDCValueMap {
    let stamps: [UInt16] = [
      PHDCAttribute.timeStamp.rawValue, PHDCAttribute.dateAndTime.rawValue,
    ]
    guard !entries.contains(where: { stamps.contains($0.attribute) }) else { return self }
    var map = self
    map.append(PHDCAttribute.timeStamp.rawValue, length: PHDCAttribute.timeStamp.valueLength)
    return map
  }
}

extension PHDCAttribute {
  /// Bytes of the attribute as an observed value.
  var valueLength: Int {
    switch self {
    case .timeStamp, .dateAndTime: 8
    case .compoundNumber: 10
    default: 2
    }
  }
}
