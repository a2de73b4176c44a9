public import Monitoring
import Recording
public import Vitals

/// Alarms in JSON, with the words that people read.
public enum AlarmText {
  public static func json(_ alarm: Alarm, signal: AlarmSignal, at now: Instant) -> String {
    var json = JSONLine()
    json.add("id", alarm.serial)
    json.add("alarm", alarm.id.rawValue)
    json.add("priority", alarm.priority.name)
    json.add("kind", alarm.id.kind.rawValue)
    json.add("presence", alarm.presence.rawValue)
    json.add("signal", signal.rawValue)
    json.add("revision", alarm.revision)
    json.add(orNull: "acknowledgedBy", alarm.acknowledgedBy?.name)
    json.add(orNull: "value", alarm.value)
    json.add(orNull: "limit", alarm.limit)
    json.add("text", text(alarm))
    json.add(orNull: "remedy", words(alarm).remedy)
    json.add("sinceSeconds", (now - alarm.raisedAt).wholeSeconds)
    return json.line
  }

  /// The message, with value and limit where the rule compares them: `SpO2 84 < 88`.
  private static func text(_ alarm: Alarm) -> String {
    let words = words(alarm)
    let remark = alarm.remark.map { "; \($0.rawValue)" } ?? ""
    guard let sign = words.sign, let value = alarm.value, let limit = alarm.limit else {
      return words.title + remark
    }
    return "\(words.title) \(value) \(sign) \(limit)\(remark)"
  }

  private typealias Words = (title: String, sign: String?, remedy: String?)

  private static func words(_ alarm: Alarm) -> Words {
    switch alarm.id {
    case .spo2Low, .spo2VeryLow: ("SpO2", "<", "Look at the patient; open the airway")
    case .spo2Fall: ("SpO2 falling", "≤", "Look at the patient; check the sensor")
    case .pulseHigh, .pulseVeryHigh: ("Pulse", ">", "Look at the patient")
    case .pulseLow, .pulseVeryLow: ("Pulse", "<", "Look at the patient")
    case .pulseRelative: ("Pulse above baseline", "≥", "Look at the patient")
    case .noPulse: ("No pulse", nil, "Go to the patient now; check the sensor")
    case .respirationLow, .respirationVeryLow:
      ("Breathing slow", "<", "Rouse the patient; open the airway")
    case .respirationHigh: ("Breathing fast", ">", "Look at the patient")
    case .pressureElevated: ("Pressure high", "≥", "Recheck; tell the prescriber if it stays")
    case .pressureCritical:
      ("Pressure critical", "≥", "Recheck now; consider stopping the infusion")
    case .pressureRise: ("Pressure above baseline", "≥", "Recheck")
    case .pressureLow, .pressureVeryLow: ("Pressure low", "<", "Lay the patient flat; recheck")
    case .pressureFall: ("Pressure below baseline", "≤", "Look at the patient; recheck")
    case .meanHigh: ("Mean pressure high", ">", "Recheck")
    case .sensorOff: ("Sensor off", nil, "Reseat the finger sensor")
    case .noData: ("No data", nil, "Check the oximeter's cable and power")
    case .signalPoor: ("Signal poor", nil, "Keep the hand still; check the sensor")
    case .lowPerfusion: ("Low perfusion", nil, "Warm the hand or try another finger")
    case .frozen: ("Values do not change", nil, "Check the oximeter; read it at the chair")
    case .pulseDiscord:
      ("Pulse rates disagree", "≠", "Check that oximeter and cuff are on this patient")
    case .sameLimb:
      ("Cuff on the oximeter's limb", nil, "Move the sensor to the other hand")
    case .battery: ("Battery low", "≤", "Charge or change the device's battery")
    case .cuffFailed: ("Cuff failed", nil, "Check cuff and hose; measure by hand if it repeats")
    case .pressureOverdue: ("Pressure overdue", nil, "Measure the blood pressure")
    case .cuffStuck: ("Cuff stays inflated", ">", "Take the cuff off now")
    case .callStop: ("Patient asks to stop", nil, "Go to the patient; stop the pump")
    case .awayLong: ("Away too long", nil, "Look for the patient")
    case .stationLink: ("Station lost", nil, "Go to the chair; check the station")
    case .notDelivered: ("Alarm not delivered", nil, "Go to the chair; check the stations")
    case .stationSilent:
      ("No station can be heard", nil, "Turn on the sound at a station; stay near the chairs")
    case .monitoringInterrupted:
      ("Monitoring was interrupted", nil, "Check the patient; the gap is on the chart")
    case .logFailing where alarm.remark == .newLog:
      ("New log", nil, "Check in anew who is here; have the server looked at")
    case .logFailing: ("Log not durable", nil, "Check the disk; monitoring goes on from memory")
    }
  }
}
