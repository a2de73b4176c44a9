import Vitals

/// What a simulated agent says, as bytes.
enum PHDCAgentReport {
  /// What its clock shows at power on.
  private static let epoch = DeviceTime(year: 2026, month: 3, day: 14, hour: 9, minute: 0)

  /// The clock's eight bytes at an instant.
  static func clock(_ instant: Instant, since start: Instant) -> [UInt8] {
    let seconds = max(0, (instant - start).wholeSeconds)
    return epoch?.advanced(bySeconds: seconds).encoded ?? []
  }

  /// The answer to the question who it is.
  static func attributes(_ configuration: PHDCAgent.Configuration, clock: [UInt8]) -> [UInt8] {
    var model: [UInt8] = []
    model.append(octets: Array("Chairside".utf8))
    model.append(octets: Array("Simulator".utf8))
    var systemID: [UInt8] = []
    systemID.append(octets: PHDCAgentTalk.systemID)
    var body: [UInt8] = [0, 0]
    body.append(list: [
      [UInt8](attribute: .systemModel, model),
      [UInt8](attribute: .systemID, systemID),
      [UInt8](
        attribute: .configurationID, configuration == .standard ? [0x01, 0x90] : [0x40, 0x00]),
      [UInt8](attribute: .dateAndTime, clock),
    ])
    return body
  }

  /// Observations of an oximeter.
  static func oximetry(
    _ reading: OximeterReading, _ configuration: PHDCAgent.Configuration
  ) -> [[UInt8]] {
    let isMissing = !reading.status.isDisjoint(with: .withoutNumbers)
    let saturation = number(isMissing ? nil : reading.saturation?.percent)
    let rate = number(isMissing ? nil : reading.pulseRate?.perMinute)
    guard configuration == .extended else {
      return [observation(1, saturation), observation(10, rate)]
    }
    let measured = PHDCStatus.bits(
      reading.status.intersection([.demonstration, .lowConfidence]), PHDCStatus.ofMeasurement)
    let sensor = PHDCStatus.bits(reading.status, PHDCStatus.ofOximeter)
    return [
      observation(1, saturation + [UInt8](u16: Int(measured))),
      observation(10, rate),
      observation(11, [UInt8](u16: Int(sensor))),
    ]
  }

  /// Observations of a cuff.
  static func pressure(_ pressure: BloodPressure, stamp: [UInt8]) -> [[UInt8]] {
    var parts: [UInt8] = []
    parts.append(list: [
      number(pressure.systolic), number(pressure.diastolic), number(pressure.measuredMean),
    ])
    return [
      observation(20, parts + stamp),
      observation(21, number(pressure.pulseRate?.perMinute) + stamp),
    ]
  }

  private static func observation(_ handle: Int, _ values: [UInt8]) -> [UInt8] {
    var observation = [UInt8](u16: handle)
    observation.append(octets: values)
    return observation
  }

  private static func number(_ whole: Int?) -> [UInt8] {
    let number = whole.flatMap { SFloat(mantissa: $0) } ?? .notANumber
    return [UInt8](u16: Int(number.rawValue))
  }
}
