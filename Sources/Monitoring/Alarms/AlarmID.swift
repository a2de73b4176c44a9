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
  case cuffFailed = "NIBP_FAIL"
  case pressureOverdue = "BP_OVERDUE"
  case callStop = "CALL_STOP"
  case awayLong = "AWAY_LONG"
  case monitoringInterrupted = "MONITORING_INTERRUPTED"
  case logFailing = "LOG_FAIL"

  /// Physiological: from the patient.
  ///
  /// Technical: from equipment or the alarm system itself.
  public enum Kind: String, Sendable { case physiological, technical }

  public var kind: Kind {
    switch self {
    case .spo2Low, .spo2VeryLow, .spo2Fall, .pulseHigh, .pulseVeryHigh, .pulseLow, .pulseVeryLow,
      .pulseRelative, .noPulse, .pressureElevated, .pressureCritical, .pressureRise, .pressureLow,
      .pressureVeryLow, .pressureFall, .meanHigh:
      .physiological
    case .sensorOff, .noData, .signalPoor, .lowPerfusion, .cuffFailed, .pressureOverdue, .callStop,
      .awayLong, .monitoringInterrupted, .logFailing:
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
    case .pressureElevated: 9
    case .pressureCritical: 10
    case .pressureRise: 11
    case .pressureLow: 12
    case .pressureVeryLow: 13
    case .pressureFall: 14
    case .meanHigh: 15
    case .sensorOff: 16
    case .noData: 17
    case .signalPoor: 18
    case .lowPerfusion: 19
    case .cuffFailed: 20
    case .pressureOverdue: 21
    case .callStop: 22
    case .awayLong: 23
    case .monitoringInterrupted: 24
    case .logFailing: 25
    }
  }
}
