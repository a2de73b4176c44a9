/// Every alarm condition that this version judges (`clinical.md` 2.2 and 3.3).
public enum AlarmID: String, Hashable, Sendable, CaseIterable {
  case spo2Low = "SPO2_LOW"
  case spo2VeryLow = "SPO2_VLOW"
  case spo2Fall = "SPO2_FALL"
  case pulseHigh = "PR_HIGH"
  case pulseVeryHigh = "PR_VHIGH"
  case pulseLow = "PR_LOW"
  case pulseVeryLow = "PR_VLOW"
  case pulseRelative = "PR_REL"
  case noPulse = "NO_PULSE"
  case respirationLow = "RR_LOW"
  case respirationVeryLow = "RR_VLOW"
  case respirationHigh = "RR_HIGH"
  case pressureElevated = "BP_ELEV"
  case pressureCritical = "BP_CRIT"
  case pressureRise = "BP_REL_UP"
  case pressureLow = "BP_LOW"
  case pressureVeryLow = "BP_VLOW"
  case pressureFall = "BP_REL_DOWN"
  case meanHigh = "MAP_HIGH"
  case sensorOff = "SENSOR_OFF"
  case noData = "NO_DATA"
  case signalPoor = "SIGNAL_POOR"
  case lowPerfusion = "LOW_PERF"
  case frozen = "FROZEN"
  case pulseDiscord = "PR_DISCORD"
  case sameLimb = "SAME_LIMB"
  case battery = "BATT"
  case cuffFailed = "NIBP_FAIL"
  case pressureOverdue = "BP_OVERDUE"
  case cuffStuck = "CUFF_STUCK"
  case callStop = "CALL_STOP"
  case awayLong = "AWAY_LONG"
  case stationLink = "STATION_LINK"
  case notDelivered = "NOT_DELIVERED"
  case monitoringInterrupted = "MONITORING_INTERRUPTED"
  case logFailing = "LOG_FAIL"
  case stationSilent = "STATION_SILENT"

  /// Physiological: from the patient.
  ///
  /// Technical: from equipment or the alarm system itself.
  public enum Kind: String, Sendable { case physiological, technical }

  public var kind: Kind {
    switch self {
    case .spo2Low, .spo2VeryLow, .spo2Fall, .pulseHigh, .pulseVeryHigh, .pulseLow, .pulseVeryLow,
      .pulseRelative, .noPulse, .respirationLow, .respirationVeryLow, .respirationHigh,
      .pressureElevated, .pressureCritical, .pressureRise, .pressureLow, .pressureVeryLow,
      .pressureFall, .meanHigh:
      .physiological
    case .sensorOff, .noData, .signalPoor, .lowPerfusion, .frozen, .pulseDiscord, .sameLimb,
      .battery, .cuffFailed, .pressureOverdue, .cuffStuck, .callStop, .awayLong, .stationLink,
      .notDelivered, .monitoringInterrupted, .logFailing, .stationSilent:
      .technical
    }
  }

  /// Whether the visual signal stays after the condition has gone, until somebody acknowledges it.
  public var isLatching: Bool {
    switch self {
    case .spo2VeryLow, .pulseVeryHigh, .pulseVeryLow, .noPulse, .pressureCritical,
      .pressureVeryLow, .monitoringInterrupted:
      true
    default: false
    }
  }

  /// The place among ``allCases``; asked for with every frame, hence no dictionary.
  var index: Int {
    switch self {
    case .spo2Low: 0
    case .spo2VeryLow: 1
    case .spo2Fall: 2
    case .pulseHigh: 3
    case .pulseVeryHigh: 4
    case .pulseLow: 5
    case .pulseVeryLow: 6
    case .pulseRelative: 7
    case .noPulse: 8
    case .respirationLow: 9
    case .respirationVeryLow: 10
    case .respirationHigh: 11
    case .pressureElevated: 12
    case .pressureCritical: 13
    case .pressureRise: 14
    case .pressureLow: 15
    case .pressureVeryLow: 16
    case .pressureFall: 17
    case .meanHigh: 18
    case .sensorOff: 19
    case .noData: 20
    case .signalPoor: 21
    case .lowPerfusion: 22
    case .frozen: 23
    case .pulseDiscord: 24
    case .sameLimb: 25
    case .battery: 26
    case .cuffFailed: 27
    case .pressureOverdue: 28
    case .cuffStuck: 29
    case .callStop: 30
    case .awayLong: 31
    case .stationLink: 32
    case .notDelivered: 33
    case .monitoringInterrupted: 34
    case .logFailing: 35
    case .stationSilent: 36
    }
  }
}
