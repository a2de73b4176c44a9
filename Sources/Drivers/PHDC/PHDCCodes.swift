// The nomenclature of ISO/IEEE 11073-10101 that oximeters and cuffs use (`protocols.md` 1.8).

/// What an attribute is.
enum PHDCAttribute: UInt16 {
  case confirmMode = 0x0913
  case systemModel = 0x0928
  case productionSpecification = 0x092D
  case type = 0x092F
  case measurementStatus = 0x0947
  case operationalState = 0x0953
  case systemID = 0x0984
  /// The agent's clock; and where a Nonin 9560 lists it in a value map, it means `timeStamp`.
  case dateAndTime = 0x0987
  case timeStamp = 0x0990
  case unit = 0x0996
  case configurationID = 0x0A44
  case metricSpecification = 0x0A46
  case basicNumber = 0x0A4C
  case scannedValues = 0x0A53
  case valueMap = 0x0A55
  case supplementalTypes = 0x0A61
  case longBits = 0x0A65
  case basicBits = 0x0A66
  case compoundNumber = 0x0A75
  case metrics = 0x0A76
}

/// What kind of object an agent has.
enum PHDCObjectClass: UInt16 {
  case enumeration = 5
  case numeric = 6
  case episodicScanner = 18
  case periodicScanner = 19
}

/// The objects we read, by the code in partition 2 that they bear.
enum PHDCKind: UInt16, CaseIterable {
  case saturation = 0x4BB8
  case pulseRate = 0x481A
  case oximeterStatus = 0x4C4C
  /// Systolic, diastolic and mean pressure in one.
  case pressure = 0x4A04
  case cuffPulseRate = 0x482A
  /// Of Omron, among the codes left to manufacturers; 0 when all is well.
  case cuffStatus = 0xF012

  /// The units in which we can read it; the first is the usual one.
  var units: [PHDCUnit] {
    switch self {
    case .saturation: [.percent]
    case .pulseRate, .cuffPulseRate: [.perMinute]
    case .pressure: [.mmHg, .kPa]
    case .oximeterStatus, .cuffStatus: [.none]
    }
  }

  /// Whether it is about blood pressure; all others are about oximetry.
  var isOfCuff: Bool { self == .pressure || self == .cuffPulseRate || self == .cuffStatus }

  var objectClass: PHDCObjectClass { self == .oximeterStatus ? .enumeration : .numeric }
}

/// In which unit a number is.
enum PHDCUnit: UInt16 {
  /// Dimensionless.
  case none = 0x0200
  case percent = 0x0220
  case perMinute = 0x0AA0
  case kPa = 0x0F03
  case mmHg = 0x0F20
}

/// The parts of a compound blood pressure.
enum PHDCMetric: UInt16 {
  case systolic = 0x4A05
  case diastolic = 0x4A06
  case mean = 0x4A07
}

/// What supplemental types say about how a number is averaged.
enum PHDCModality: UInt16 {
  case fast = 0x4C34
  case slow = 0x4C38
  case spot = 0x4C3C
}
