import Monitoring
import Vitals

/// Audit entries about alarm signals, whom they call and who shows them (`clinical.md` 3.4 to 3.9).
enum SignalText {
  static func add(_ entry: AuditEntry, to json: inout JSONLine) {
    switch entry {
    case .alarmPaused(let seconds, let by, let reason):
      json.add("what", "alarmPaused")
      json.add("seconds", seconds)
      json.add("by", by.name)
      json.add("reason", reason)
    case .alarmResumed(let why, let by):
      json.add("what", "alarmResumed")
      json.add("why", why.rawValue)
      json.add(ifAny: "by", by?.name)
    case .alarmOff(let id, let by, let reason):
      json.add("what", "alarmOff")
      json.add("alarm", id.rawValue)
      json.add("by", by.name)
      json.add("reason", reason)
    case .alarmOn(let id, let why, let by):
      json.add("what", "alarmOn")
      json.add("alarm", id.rawValue)
      json.add("why", why.rawValue)
      json.add(ifAny: "by", by?.name)
    case .inactivationReminder(let words):
      json.add("what", "inactivationReminder")
      json.add("of", words)
    case .limitsConfirmed(let by):
      json.add("what", "limitsConfirmed")
      json.add("by", by.name)
    case .stationAudioPaused(let station, let seconds, let by):
      json.add("what", "stationAudioPaused")
      json.add("station", station.name)
      json.add("seconds", seconds)
      json.add("by", by.name)
    case .stationAudioResumed(let station, let why, let by):
      json.add("what", "stationAudioResumed")
      json.add("station", station.name)
      json.add("why", why.rawValue)
      json.add(ifAny: "by", by?.name)
    case .ownerSet(let station, let by):
      json.add("what", "ownerSet")
      json.add("station", station?.name ?? "any")
      json.add("by", by.name)
    case .routed(let id, let serial, let target, let cause):
      json.add("what", "routed")
      json.add("alarm", id.rawValue)
      json.add("id", serial)
      json.add("to", target.rawValue)
      json.add("why", cause.rawValue)
    case .unattended(let id, let serial):
      json.add("what", "unattended")
      json.add("alarm", id.rawValue)
      json.add("id", serial)
    case .answered(let id, let serial, let answer, let by):
      json.add("what", "answered")
      json.add("alarm", id.rawValue)
      json.add("id", serial)
      json.add("answer", answer.rawValue)
      json.add("by", by.name)
    case .delivered(let id, let serial, let revision, let station, let milliseconds):
      json.add("what", "delivered")
      json.add("alarm", id.rawValue)
      json.add("id", serial)
      json.add("revision", revision)
      json.add("station", station.name)
      json.add("afterMs", milliseconds)
    case .sounded(let id, let serial, let revision, let station, let milliseconds):
      json.add("what", "sounded")
      json.add("alarm", id.rawValue)
      json.add("id", serial)
      json.add("revision", revision)
      json.add("station", station.name)
      json.add("afterMs", milliseconds)
    case .stationSound(let station, let sound):
      json.add("what", "stationSound")
      json.add("station", station.name)
      json.add("visible", sound.isVisible)
      json.add("audible", sound.isAudible)
      json.add(ifAny: "by", sound.checkedBy?.name)
    case .chairAudio(let isOn, let cause):
      json.add("what", "chairAudio")
      json.add("state", isOn ? "on" : "off")
      json.add("why", cause.rawValue)
    default: break
    }
  }
}
