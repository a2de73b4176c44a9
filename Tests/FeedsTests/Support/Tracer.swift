import Feeds
import Foundation
import Monitoring
import Vitals

/// Looks a value of a report up in the log, by the place that it names, in ways of its own: lines
/// are read by Foundation, times are reckoned anew.
struct Tracer {
  let log: SessionLog
  /// The stored lines by number.
  let lines: [Int64: String]

  /// What must stand there; `nil` for a place that the log does not have.
  func words(at source: String) -> String? {
    let parts = source.split(separator: " ").map(String.init)
    func instant(_ index: Int) -> Int64? {
      parts.indices.contains(index) ? Int64(parts[index]) : nil
    }
    switch parts.first {
    case "event": return event(parts).flatMap { field(parts[2], of: $0) }
    case "name": return event(parts).flatMap { json($0)[parts[2]] == nil ? nil : parts[2] }
    case "span":
      guard let from = instant(1), let to = instant(2) else { return nil }
      return length((to - from) / 1000)
    case "sample":
      guard let sample = log.samples.first(where: { $0.at.milliseconds == instant(1) }) else {
        return nil
      }
      switch parts[2] {
      case "spo2": return sample.spo2.map(String.init)
      case "pr": return sample.pulseRate.map(String.init)
      default: return sample.status.names.joined(separator: ", ")
      }
    case "policy":
      return Policy.field(parts[1]).map { field in
        let value = log.runs[0].policy[keyPath: field.path]
        let scaled = Double(value) / Double(field.scale)
        return scaled == scaled.rounded() ? "\(Int(scaled))" : "\(scaled)"
      }
    case "policyName":
      return Policy.field(parts[1]).map(\.unit)
    case "visit":
      return ["site": log.site, "chair": log.chair, "id": log.id][parts[1]]
    case "staff":
      let person = log.staff[parts[1]]
      return parts[2] == "name" ? person?.name : person?.role
    case "run":
      let run = log.runs[Int(parts[1]) ?? 0]
      return ["software": run.software, "policy": run.policyID, "boot": run.boot][parts[2]]
    case "command":
      return log.commands.last {
        $0.at.milliseconds == instant(1) && $0.name == parts[2] && $0.fields[parts[3]] != nil
      }?.fields[parts[3]]
    case "alarm":
      return ordinal(parts) { json($0)["change"]?.words == "raised" }
    case "dose":
      return ordinal(parts) {
        json($0)["state"]?.words == "infusing" && json($0)["substate"] == nil
      }
    case "ratio":
      let values = source.dropFirst("ratio ".count).split(separator: " / ").map {
        Double(words(at: String($0)) ?? "") ?? .nan
      }
      let ratio = (values[0] / values[1] * 1000).rounded() / 1000
      return ratio == ratio.rounded() ? "\(Int(ratio))" : "\(ratio)"
    case "clock":
      guard let clock = log.clocks.first(where: { $0.at.milliseconds == instant(1) }) else {
        return nil
      }
      let seconds = [
        "required": clock.requiredSeconds, "elapsed": clock.elapsedSeconds,
        "credit": clock.creditSeconds,
      ]
      return seconds[parts[2]].map { length(Int64($0)) }
    case "computed": return computed(parts)
    default: return nil
    }
  }

  /// Names of the program's, such as `responsibleAdult`, may be spelled out.
  static func spelled(_ words: String) -> String {
    words.replacing(/([a-z0-9])([A-Z])/) { "\($0.output.1) \($0.output.2.lowercased())" }
  }

  /// The forms in which a wall time may be written; `nil` for a place that is none.
  func times(at source: String) -> [String]? {
    let parts = source.split(separator: " ").map(String.init)
    guard parts.count == 3, parts[2] == "wall" else { return nil }
    let time: WallTime? =
      parts[0] == "event" ? event(parts)?.wall : Int64(parts[1]).map { wallTime(at: $0) }
    return time.map { time in
      ["HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"].map { wall(time, $0) } + ["UTC-05:00"]
    }
  }

  private func event(_ parts: [String]) -> LogEvent? {
    log.events.first { "\($0.sequence)" == parts[1] }
  }

  func json(_ event: LogEvent) -> [String: Stored] {
    let data = Data((lines[event.sequence] ?? "").utf8)
    return (try? JSONDecoder().decode([String: Stored].self, from: data)) ?? [:]
  }

  private func field(_ name: String, of event: LogEvent) -> String? { json(event)[name]?.words }

  /// A value of a stored line, as Foundation reads it.
  struct Stored: Decodable {
    let words: String

    init(from decoder: any Decoder) throws {
      let box = try decoder.singleValueContainer()
      if let truth = try? box.decode(Bool.self) {
        words = truth ? "yes" : "no"
      } else if let number = try? box.decode(Int.self) {
        words = "\(number)"
      } else if let number = try? box.decode(Double.self) {
        words = "\(number)"
      } else if let text = try? box.decode(String.self) {
        words = text
      } else {
        words = try box.decode([Stored].self).map(\.words).joined(separator: ", ")
      }
    }
  }

  private func ordinal(_ parts: [String], _ isMeant: (LogEvent) -> Bool) -> String? {
    log.events.filter(isMeant).firstIndex { "\($0.sequence)" == parts[1] }.map { "\($0 + 1)" }
  }

  private func computed(_ parts: [String]) -> String? {
    guard let from = Int64(parts[parts.count - 2]), let to = Int64(parts[parts.count - 1]) else {
      return nil
    }
    let believed = log.samples.count { sample in
      sample.spo2 != nil && sample.pulseRate != nil
        && sample.status.isDisjoint(with: .unusable)
        && from <= sample.at.milliseconds && sample.at.milliseconds < to
    }
    switch parts[1] {
    case "believed": return "\(believed)"
    case "percent": return "\(min(100, believed * 100 / Int((to - from) / 1000)))"
    case "believedTime": return length(Int64(believed))
    case "away": return length(away(from, to) / 1000)
    case "minutes": return "\((to - from) / 60_000)"
    case "plusDays":
      let days = Int64(parts[2]) ?? 0
      return String(
        wall(
          WallTime(milliseconds: wallTime(at: from).milliseconds + days * 86_400_000), "yyyy-MM-dd")
      )
    default: return nil
    }
  }

  /// Milliseconds of an interval for which the newest word on it says that the patient is away.
  private func away(_ from: Int64, _ to: Int64) -> Int64 {
    var (sum, since): (Int64, Int64?) = (0, nil)
    for event in log.events where json(event)["event"]?.words == "session" {
      let at = min(max(event.at.milliseconds, from), to)
      if let left = since { sum += at - left }
      since = json(event)["substate"]?.words == "away" ? at : nil
    }
    return sum + (since.map { to - $0 } ?? 0)
  }

  /// The wall time of an instant, by the newest event before it.
  private func wallTime(at milliseconds: Int64) -> WallTime {
    let anchor = log.events.last { $0.at.milliseconds <= milliseconds } ?? log.events[0]
    return WallTime(
      milliseconds: anchor.wall.milliseconds + milliseconds - anchor.at.milliseconds)
  }

  private func wall(_ time: WallTime, _ format: String = "HH:mm:ss") -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: PlayedLog.offsetSeconds)
    formatter.dateFormat = format
    return formatter.string(from: Date(timeIntervalSince1970: Double(time.milliseconds / 1000)))
  }

  private func length(_ seconds: Int64) -> String {
    let magnitude = abs(seconds)
    let text =
      magnitude < 3600
      ? String(format: "%d:%02d", magnitude / 60, magnitude % 60)
      : String(format: "%d:%02d:%02d", magnitude / 3600, magnitude / 60 % 60, magnitude % 60)
    return (seconds < 0 ? "-" : "") + text
  }
}
