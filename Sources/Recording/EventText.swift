public import Monitoring
public import Vitals
public import Ward

/// Events as JSON lines: the timeline form of `design.md` section 5, with fixed field order.
public enum EventText {
  /// The line for one event, with `t` in seconds on whatever time line `at` lies.
  public static func line(_ chair: ChairID, _ event: ChairEvent, at: Instant) -> String {
    var json = JSONLine()
    json.addRaw("t", Seconds.short(at))
    json.add("chair", chair.name)
    json.add("event", kind(of: event))
    add(event, to: &json)
    return json.line
  }

  /// The line for a ward's output; `nil` for what is no event.
  public static func line(_ output: WardOutput, at: Instant) -> String? {
    guard case .event(let chair, let event) = output else { return nil }
    return line(chair, event, at: at)
  }

  /// The same line on a time axis that begins later by `offset`.
  public static func rebased(_ line: String, by offset: Duration) -> String {
    var parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for index in parts.indices {
      for key in [#"{"t":"#, #""due":"#] where parts[index].hasPrefix(key) {
        guard let instant = Seconds.parse(parts[index].dropFirst(key.count)) else { continue }
        parts[index] = key + Seconds.short(instant - offset)
      }
    }
    return parts.joined(separator: ",")
  }

  /// The event's name on the wire and in the event stream.
  public static func kind(of event: ChairEvent) -> String {
    switch event {
    case .alarm: "alarm"
    case .session: "session"
    case .signature: "signature"
    case .reading: "reading"
    case .checkpoint: "checkpoint"
    case .device: "device"
    case .station: "station"
    case .audit: "audit"
    }
  }

  private static func add(_ event: ChairEvent, to json: inout JSONLine) {
    switch event {
    case .alarm(let change):
      json.add("alarm", change.alarm.id.rawValue)
      json.add("change", change.step.rawValue)
      json.add("priority", change.alarm.priority.name)
      json.add(ifAny: "value", change.alarm.value)
      json.add(ifAny: "limit", change.alarm.limit)
      json.add(ifAny: "remark", change.alarm.remark?.rawValue)
      json.add("id", change.alarm.serial)
      json.add(ifAny: "by", change.by?.name)
    case .session(let change):
      json.add("state", change.phase.rawValue)
      json.add(ifAny: "substate", change.substate?.rawValue)
      json.add("by", change.by.name)
      json.add(ifAny: "reason", change.reason)
      json.add(ifAny: "patient", change.patient)
    case .signature(let outcome):
      json.add("result", outcome.isAccepted ? "accepted" : "refused")
      if !outcome.isAccepted { json.add("why", outcome.reasons.map(\.name)) }
      json.add("by", outcome.by.name)
      json.add("number", outcome.number)
      json.add("of", outcome.of)
      json.add("meaning", outcome.meaning.rawValue)
    case .reading(let reading): add(reading, to: &json)
    case .checkpoint(let checkpoint):
      json.addRaw("due", Seconds.short(checkpoint.dueAt))
      json.add("result", checkpoint.result.rawValue)
      if checkpoint.result == .late {
        json.add(ifAny: "lateSeconds", checkpoint.lateBy?.wholeSeconds)
      }
    case .device(let slot, let change):
      json.add("slot", slot.rawValue)
      switch change {
      case .connected(let driver):
        json.add("change", "connected")
        json.add("driver", driver)
      case .disconnected(let reason):
        json.add("change", "disconnected")
        json.add("reason", reason)
      case .inflating: json.add("change", "inflating")
      case .determinationFailed(let why):
        json.add("change", "determinationFailed")
        json.add("why", why.rawValue)
      case .determinationAborted: json.add("change", "determinationAborted")
      case .identified(let model, let serial, let firmware):
        json.add("change", "identified")
        json.add(ifAny: "model", model.isEmpty ? nil : model)
        json.add(ifAny: "serial", serial.isEmpty ? nil : serial)
        json.add(ifAny: "firmware", firmware.isEmpty ? nil : firmware)
      case .storedPressure(let pressure, let time):
        json.add("change", "storedPressure")
        json.add("sbp", pressure.systolic)
        json.add("dbp", pressure.diastolic)
        json.add(ifAny: "pulse", pressure.pulseRate?.perMinute)
        json.add(ifAny: "deviceTime", time)
        json.addRaw("timeVerified", "false")
      case .storedOximetry(let spo2, let rate, let time):
        json.add("change", "storedOximetry")
        json.add(ifAny: "spo2", spo2)
        json.add(ifAny: "pr", rate)
        json.add(ifAny: "deviceTime", time)
        json.addRaw("timeVerified", "false")
      }
    case .station(let station, let change):
      json.add("station", station.name)
      switch change {
      case .linked(let confirms):
        json.add("change", "linked")
        if confirms { json.add("confirms", true) }
      case .lost: json.add("change", "lost")
      case .left: json.add("change", "left")
      }
    case .audit(let entry): AuditText.add(entry, to: &json)
    }
  }

  private static func add(_ reading: PressureReading, to json: inout JSONLine) {
    json.add("sbp", reading.pressure.systolic)
    json.add("dbp", reading.pressure.diastolic)
    json.add("map", reading.pressure.mean)
    json.add(ifAny: "pr", reading.pressure.pulseRate?.perMinute)
    json.add("source", reading.source.rawValue)
    json.add(ifAny: "by", reading.by?.name)
    if reading.pressure.quality == .questionable { json.add("quality", "questionable") }
    let info = [
      reading.isNoteworthyRise ? "BP_REL_INFO" : nil,
      reading.isPossibleCountError ? "POSSIBLE_COUNT_ERROR" : nil,
    ].compactMap(\.self)
    if !info.isEmpty { json.add("info", info) }
  }
}
