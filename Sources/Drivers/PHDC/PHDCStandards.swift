/// Configurations that need not be sent, since a standard says what they are.
extension PHDCConfiguration {
  /// The standard configuration of this number, if it is one of ours.
  static func standard(_ id: UInt16) -> PHDCConfiguration? {
    switch id {
    case 0x0190: oximeter
    case 0x0191: spotCheck
    case 0x02BC: bloodPressure
    default: nil
    }
  }

  /// 0190: an oximeter (10404).
  private static let oximeter = PHDCConfiguration(objects: [
    PHDCObject(1, .saturation, [.basicNumber]),
    PHDCObject(10, .pulseRate, [.basicNumber]),
  ])

  /// 0191: an oximeter that measures once and says when.
  private static let spotCheck = PHDCConfiguration(objects: [
    PHDCObject(1, .saturation, [.basicNumber, .timeStamp], isSpot: true),
    PHDCObject(10, .pulseRate, [.basicNumber, .timeStamp], isSpot: true),
  ])

  /// 02BC: a blood-pressure monitor (10407).
  private static let bloodPressure = PHDCConfiguration(objects: [
    PHDCObject(1, .pressure, [.compoundNumber, .timeStamp]),
    PHDCObject(2, .cuffPulseRate, [.basicNumber, .timeStamp]),
  ])

  /// An oximeter with a status, and a cuff: the objects of our simulated agent.
  static let complete = PHDCConfiguration(objects: [
    PHDCObject(1, .saturation, [.basicNumber, .measurementStatus]),
    PHDCObject(10, .pulseRate, [.basicNumber]),
    PHDCObject(11, .oximeterStatus, [.basicBits]),
    PHDCObject(20, .pressure, [.compoundNumber, .timeStamp]),
    PHDCObject(21, .cuffPulseRate, [.basicNumber, .timeStamp]),
  ])

  /// What bytes of a file are read by until they hold a configuration: of two objects with one
  /// handle, the length of the values tells which is meant.
  static let assumed = PHDCConfiguration(
    objects: oximeter.objects + bloodPressure.objects + complete.objects)
}

/// The report of a configuration, as an agent sends it.
extension PHDCConfiguration {
  func encoded(id: UInt16) -> [UInt8] {
    var info = [UInt8](u16: Int(id))
    info.append(list: objects.map(\.encoded))
    return info
  }
}

extension PHDCObject {
  fileprivate var encoded: [UInt8] {
    var attributes = [
      [UInt8](attribute: .type, [0, 2] + [UInt8](u16: Int(kind.rawValue))),
      // Begun by the agent.
      [UInt8](attribute: .metricSpecification, [0x00, 0x40]),
    ]
    if kind == .pressure {
      var list: [UInt8] = []
      list.append(list: metrics.map { [UInt8](u16: Int($0.rawValue)) })
      attributes.append([UInt8](attribute: .metrics, list))
    }
    if unit != .none {
      attributes.append([UInt8](attribute: .unit, [UInt8](u16: Int(unit.rawValue))))
    }
    var entries: [UInt8] = []
    entries.append(
      list: map.entries.map { [UInt8](u16: Int($0.attribute)) + [UInt8](u16: $0.length) })
    attributes.append([UInt8](attribute: .valueMap, entries))
    var object = [UInt8](u16: Int(kind.objectClass.rawValue))
    object.append(u16: Int(handle))
    object.append(list: attributes)
    return object
  }
}
