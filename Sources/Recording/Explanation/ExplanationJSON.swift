import Monitoring
import Vitals

extension Explanation {
  /// Everything as one line of JSON, instants in seconds of the timeline.
  public var json: String {
    var json = JSONLine()
    json.add("chair", chair.name)
    json.add("alarm", rule.rawValue)
    json.add(orNull: "id", alarm?.serial)
    if let alarm { alarm.addSummary(to: &json) }
    json.add(ifAny: "raisedOnWall", raisedOnWall?.description)
    json.add(ifAny: "unit", rule.facts.unit.isEmpty ? nil : rule.facts.unit)
    if rule.facts.scale > 1 { json.add("scale", rule.facts.scale) }
    json.addRaw("delay", delay.map { Seconds.short(.zero + $0) } ?? "null")
    json.addRaw("clear", clear.map { Seconds.short(.zero + $0) } ?? "null")
    json.add("policy", policyID)
    json.addRaw("limits", Self.list(origins.map(Self.json)))
    addSurroundings(to: &json)
    if rule == .pressureOverdue { addDue(to: &json) }
    json.add(ifAny: "askedBy", askedBy)
    json.addRaw("turns", Self.list(turns.map(Self.json)))
    json.addRaw("moments", Self.list(moments.map(moment)))
    json.addRaw(
      "failures",
      Self.list(
        failures.map { failure in
          Self.object {
            $0.addRaw("t", Seconds.short(failure.at))
            $0.add("why", failure.why.rawValue)
          }
        }))
    json.add("sentences", sentences)
    return json.line
  }

  private func addSurroundings(to json: inout JSONLine) {
    json.add(orNull: "phase", circumstances.phase?.rawValue)
    json.add(orNull: "hold", circumstances.hold?.name)
    json.add("dosePaused", circumstances.isDosePaused)
    json.addRaw("awaySince", circumstances.awaySince.map(Seconds.short) ?? "null")
    json.addRaw("audioPausedUntil", circumstances.audioPausedUntil.map(Seconds.short) ?? "null")
    guard let baseline = circumstances.baseline else { return json.addRaw("baseline", "null") }
    json.addRaw(
      "baseline",
      Self.object {
        $0.add("spo2", baseline.spo2)
        $0.add("pr", baseline.pulseRate)
        $0.add("sbp", baseline.systolic)
        $0.add("dbp", baseline.diastolic)
      })
  }

  private func addDue(to json: inout JSONLine) {
    json.addRaw("due", dueAt.map(Seconds.short) ?? "null")
    let waits = waits.map { wait in
      Self.object {
        $0.add("for", wait.reason.rawValue)
        $0.addRaw("from", Seconds.short(wait.from))
        $0.addRaw("until", wait.until.map(Seconds.short) ?? "null")
      }
    }
    json.addRaw("waits", Self.list(waits))
  }

  private static func json(_ origin: Origin) -> String {
    object { json in
      json.add("field", origin.field)
      guard let field = Policy.field(origin.field) else { return }
      json.addRaw("value", field.number(origin.value))
      json.add("unit", field.unit)
      json.addRaw("policy", field.number(origin.policy))
      let changes = origin.changes.map { change in
        object {
          $0.addRaw("t", Seconds.short(change.at))
          $0.addRaw("from", field.number(change.from))
          $0.addRaw("to", field.number(change.to))
          $0.add("by", change.by.name)
          $0.add(ifAny: "reason", change.reason)
        }
      }
      json.addRaw("changes", list(changes))
    }
  }

  private func moment(_ moment: Moment) -> String {
    Self.object {
      $0.addRaw("t", Seconds.short(moment.at))
      if let pressure = moment.pressure {
        $0.add("sbp", pressure.systolic)
        $0.add("dbp", pressure.diastolic)
        $0.add("map", pressure.mean)
      } else {
        $0.add(orNull: "value", moment.value)
        $0.add(orNull: "limit", moment.limit)
      }
      $0.add("quality", moment.quality)
      $0.addRaw("violates", moment.violates.map { $0 ? "true" : "false" } ?? "null")
      $0.add("state", state(of: moment))
    }
  }

  private static func json(_ turn: Turn) -> String {
    object { json in
      json.addRaw("t", Seconds.short(turn.at))
      switch turn.kind {
      case .delayStarted(let until):
        json.add("turn", "delayStarted")
        json.addRaw("until", Seconds.short(until))
      case .frozen(let flags, let remaining):
        json.add("turn", "frozen")
        json.add("flags", flags)
        json.addRaw("remaining", Seconds.short(.zero + remaining))
      case .resumed(let until):
        json.add("turn", "resumed")
        json.addRaw("until", Seconds.short(until))
      case .forgotten: json.add("turn", "forgotten")
      case .good(let value):
        json.add("turn", "good")
        json.add(ifAny: "value", value)
      case .dropped: json.add("turn", "dropped")
      case .raised(let priority):
        json.add("turn", "raised")
        json.add("priority", priority.name)
      case .escalated(let priority):
        json.add("turn", "escalated")
        json.add("priority", priority.name)
      case .clearing(let until):
        json.add("turn", "clearing")
        json.addRaw("until", Seconds.short(until))
      case .notCleared: json.add("turn", "notCleared")
      case .cleared: json.add("turn", "cleared")
      case .latched: json.add("turn", "latched")
      case .signalResumed: json.add("turn", "resumedSignal")
      case .acknowledged(let by):
        json.add("turn", "acknowledged")
        json.add("by", by.name)
      case .reset(let by):
        json.add("turn", "reset")
        json.add("by", by.name)
      }
    }
  }

  static func object(_ fill: (inout JSONLine) -> Void) -> String {
    var json = JSONLine()
    fill(&json)
    return json.line
  }

  static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }
}

extension AlarmCourse {
  /// Its course as one line of JSON.
  public var json: String {
    var json = JSONLine()
    json.add("chair", chair.name)
    json.add("alarm", id.rawValue)
    json.add("id", serial)
    addSummary(to: &json)
    return json.line
  }

  func addSummary(to json: inout JSONLine) {
    json.add("priority", raised.priority.name)
    json.add("highest", highest.name)
    json.addRaw("raised", Seconds.short(raised.at))
    json.add(ifAny: "value", raised.value)
    json.add(ifAny: "limit", raised.limit)
    json.addRaw(
      "escalated",
      Explanation.list(
        steps.filter { $0.step == .escalated }.map { step in
          Explanation.object {
            $0.addRaw("t", Seconds.short(step.at))
            $0.add("priority", step.priority.name)
            $0.add(ifAny: "value", step.value)
            $0.add(ifAny: "limit", step.limit)
          }
        }))
    json.addRaw("ended", endedAt.map(Seconds.short) ?? "null")
    json.add("standing", standing)
    json.addRaw("acknowledged", acknowledgement.map { Seconds.short($0.at) } ?? "null")
    json.add(ifAny: "acknowledgedBy", acknowledgement?.by?.name)
  }
}
