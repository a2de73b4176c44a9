public import Vitals

/// The two-letter codes at the end of a Nellcor line.
///
/// Table: `protocols.md` 1.6. Loss of pulse is "no pulse", whatever digits still stand beside it.
public enum NellcorStatus: String, CaseIterable, Sendable {
  case alarmOff = "AO"
  case alarmSilenced = "AS"
  case lowBattery = "LB"
  case lossOfPulseWithInterference = "LM"
  case lossOfPulse = "LP"
  case interference = "MO"
  case rateHigh = "PH"
  case rateLow = "PL"
  case pulseSearch = "PS"
  case saturationHigh = "SH"
  case saturationLow = "SL"
  case sensorDisconnected = "SD"
  case sensorOff = "SO"

  /// What the code means for the numbers; the device's own alarms mean nothing for them.
  public var signal: SignalStatus {
    switch self {
    case .alarmOff, .alarmSilenced, .rateHigh, .rateLow, .saturationHigh, .saturationLow: []
    case .lowBattery: .lowBattery
    case .lossOfPulseWithInterference: [.nonPulsatile, .artifact]
    case .lossOfPulse: .nonPulsatile
    case .interference: .artifact
    case .pulseSearch: .searching
    case .sensorDisconnected: .sensorDisconnected
    case .sensorOff: .sensorOff
    }
  }

  /// Every mark a line can carry.
  static let reports = allCases.reduce(into: SignalStatus()) { $0.formUnion($1.signal) }

  /// The codes of a device in this state; each mark in its plainest form.
  static func codes(for status: SignalStatus) -> [NellcorStatus] {
    let offPatient = !status.isDisjoint(with: [.sensorOff, .malfunction])
    return [
      status.contains(.artifact) ? .interference : nil,
      status.contains(.searching) ? .pulseSearch : nil,
      status.contains(.nonPulsatile) ? .lossOfPulse : nil,
      offPatient ? .sensorOff : nil,
      status.contains(.sensorDisconnected) ? .sensorDisconnected : nil,
      status.contains(.lowBattery) ? .lowBattery : nil,
    ].compactMap(\.self)
  }
}
