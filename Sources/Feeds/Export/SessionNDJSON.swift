import Monitoring
import Recording
import Vitals

/// Everything of a session as JSON lines: a head, then samples and events in the order of time
/// (`docs/exports.schema.json`).
enum SessionNDJSON {
  static func text(of excerpt: Excerpt) -> String {
    var lines = [head(of: excerpt)]
    var events = excerpt.events[...]
    for sample in excerpt.samples {
      while let event = events.first, event.at < sample.at {
        lines.append(line(event, excerpt))
        events.removeFirst()
      }
      lines.append(line(sample, excerpt))
    }
    lines += events.map { line($0, excerpt) }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func head(of excerpt: Excerpt) -> String {
    let log = excerpt.log
    let run = log.runs.last
    var json = JSONLine()
    json.add("record", "session")
    json.add("format", "chairside-session-1")
    json.add("deidentified", log.isDeidentified)
    json.add(ifAny: "session", log.id.isEmpty ? nil : log.id)
    json.add(ifAny: "site", log.site.isEmpty ? nil : log.site)
    json.add("chair", log.chair)
    json.add(ifAny: "patient", excerpt.patient)
    json.add(ifAny: "route", excerpt.route)
    json.add("zero", excerpt.wall(at: excerpt.zero))
    json.add("open", excerpt.course.ending == nil)
    json.add("utcOffsetSeconds", log.utcOffset(excerpt.time.wall(at: excerpt.zero)))
    json.add(ifAny: "software", run?.software)
    json.add(ifAny: "policy", run?.policyID.isEmpty == false ? run?.policyID : nil)
    let people = excerpt.people
    let staff = log.staff.filter { people.contains($0.key) }.sorted { $0.key < $1.key }.map {
      user, person in
      var json = JSONLine()
      json.add("user", user)
      json.add(ifAny: "name", person.name.isEmpty ? nil : person.name)
      json.add("role", person.role)
      return json.line
    }
    json.addRaw("staff", "[" + staff.joined(separator: ",") + "]")
    return json.line
  }

  private static func line(_ sample: LogSample, _ excerpt: Excerpt) -> String {
    var json = beginning("sample", at: sample.at, excerpt.wall(at: sample.at), excerpt)
    for channel in Channel.allCases {
      let text = channel.text(of: sample)
      json.addRaw(channel.name, text.isEmpty ? "null" : text)
    }
    let standing = excerpt.standing(of: sample)
    json.add("status", standing.word.rawValue)
    json.add("flags", standing.flags)
    return json.line
  }

  /// The members of the stored line, `due` on the axis of `t`.
  private static func line(_ event: LogEvent, _ excerpt: Excerpt) -> String {
    var json = beginning("event", at: event.at, event.wall.description, excerpt)
    json.addRaw("seq", "\(event.sequence)")
    guard case .object(let members) = event.body else { return json.line }
    for member in members where member.name != "t" {
      if event.kind == "checkpoint", member.name == "due", let due = event.instant("due") {
        json.addRaw("due", Seconds.short(.zero + (due - excerpt.zero)))
      } else {
        json.addRaw(member.name, member.value.text)
      }
    }
    return json.line
  }

  private static func beginning(
    _ record: String, at instant: Instant, _ wall: String, _ excerpt: Excerpt
  ) -> JSONLine {
    var json = JSONLine()
    json.add("record", record)
    json.add("time", wall)
    json.addRaw("t", Seconds.short(.zero + (instant - excerpt.zero)))
    return json
  }
}

extension Excerpt {
  /// What the wall called the patient.
  var patient: String? { log.commands.compactMap { $0.fields["patient"] }.last }

  /// The users that its events name.
  var people: Set<String> {
    events.reduce(into: []) { people, event in
      guard case .object(let members) = event.body else { return }
      let row = KeptFields.row(of: event)
      for member in members where KeptFields.kind(of: member.name, in: row) == .person {
        people.formUnion(member.value.words?.split(separator: ", ").map(String.init) ?? [])
      }
    }
  }

  /// How the drug was to be given: the reason of the event that opened the session.
  var route: String? {
    course.stays.last { [.scheduled, .baseline, .infusing].contains($0.phase) }?.from["reason"]
  }

  /// The newest value of a field of the chart.
  func charted(_ field: String) -> String? {
    log.events.compactMap { $0.what == "charted" ? $0[field] : nil }.last
  }
}
