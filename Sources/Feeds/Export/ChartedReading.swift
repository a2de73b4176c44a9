import Monitoring
import Vitals

/// A blood pressure of the session, with what became of it.
struct ChartedReading: Sendable {
  let event: LogEvent
  /// The numbers in force: a correction's where there was one.
  private(set) var systolic: Int?
  private(set) var diastolic: Int?
  private(set) var mean: Int?
  private(set) var quality: String

  var at: Instant { event.at }
  /// Beats per minute, as the cuff counts them.
  var pulseRate: Int? { event.int("pr") }
  var source: String { event["source"] ?? "" }

  private init(_ event: LogEvent) {
    self.event = event
    systolic = event.int("sbp")
    diastolic = event.int("dbp")
    mean = event.int("map")
    quality = event["quality"] ?? "ok"
  }

  /// The blood pressures of a session in their order; marks and corrections count the readings
  /// from the check-in on, from 1.
  static func all(in events: [LogEvent], _ course: Course) -> [ChartedReading] {
    let opening = course.stays.last { $0.phase == .scheduled || $0.phase == .baseline }
    let checkIn = opening?.from.sequence ?? .min
    var readings: [ChartedReading] = []
    var first = 0
    for event in events {
      if event.kind == "reading" {
        if event.sequence < checkIn { first = readings.count + 1 }
        readings.append(ChartedReading(event))
      }
      guard let number = event.int("reading"), readings.indices.contains(first + number - 1) else {
        continue
      }
      readings[first + number - 1].take(event)
    }
    return readings
  }

  private mutating func take(_ change: LogEvent) {
    switch change.what {
    case "corrected":
      let numbers = change["to"]?.split(separator: "/").map { Int($0) } ?? []
      guard numbers.count == 2 else { return }
      (systolic, diastolic, mean, quality) = (numbers[0], numbers[1], nil, "corrected")
    case "annotated": quality = "artefact"
    default: break
    }
  }
}
