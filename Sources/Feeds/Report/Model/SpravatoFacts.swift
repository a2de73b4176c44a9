import Monitoring
import Vitals

/// What the Spravato monitoring form asks for beyond the chart (`clinical.md` 5.1).
struct SpravatoFacts: Sendable {
  /// A symptom, a score or an alarm from its onset to its resolution.
  struct Episode: Sendable {
    let name: Figure
    let onset: LogEvent
    /// `nil` when the log holds none.
    let resolution: LogEvent?
  }

  /// The first spray, or the start of the dose.
  let start: LogEvent
  /// The end of monitoring.
  let end: Instant
  let before: LogEvent?
  /// The reading nearest to 40 min after the start, from 30 to 50 min.
  let atFortyMinutes: LogEvent?
  let beforeCompletion: LogEvent?
  /// A hold that was in force before the dose, the newest.
  let hold: LogEvent?
  let sedation: [Episode]
  let dissociation: [Episode]
  let respiratory: [Episode]

  /// `nil` for another route, and before the first spray.
  init?(_ summary: SessionSummary) {
    guard let start = summary.firstDevice,
      [.spravato56, .spravato84].contains(summary.route.flatMap { Route(rawValue: $0.words) })
    else { return nil }
    self.start = start
    let end = summary.course.interval.upperBound
    self.end = end
    before = summary.pressures.last { $0.at <= start.at }
    let forty = start.at + .seconds(2400)
    func distance(_ event: LogEvent) -> Duration {
      event.at < forty ? forty - event.at : event.at - forty
    }
    atFortyMinutes = summary.pressures.filter { distance($0) <= .seconds(600) }
      .min { distance($0) < distance($1) }
    beforeCompletion = summary.pressures.last { $0.at > start.at && $0.at <= end }
    hold = summary.entries("holdDeclared", "holdCleared").last { $0.at <= start.at }
    sedation = Self.symptoms(["drowsiness"], in: summary)
    dissociation = Self.symptoms(["dissociation", "floating"], in: summary)
    respiratory =
      Self.symptoms(["dyspnoea"], in: summary)
      + summary.alarms.filter { $0.id.hasPrefix("SPO2_") || $0.id.hasPrefix("RR_") }.compactMap {
        alarm in
        alarm.raised.figure("alarm").map {
          Episode(name: $0, onset: alarm.raised, resolution: alarm.ended)
        }
      }
  }

  /// Each symptom from its first report to the first that says it has gone.
  private static func symptoms(_ names: Set<String>, in summary: SessionSummary) -> [Episode] {
    let reports = summary.entries("symptom").filter { $0["name"].map(names.contains) == true }
    var episodes: [Episode] = []
    for name in names.sorted() {
      var onset: LogEvent?
      for report in reports where report["name"] == name {
        let isGone = ["none", "0"].contains(report["severity"] ?? "")
        if let began = onset, isGone, let figure = began.figure("name") {
          episodes.append(Episode(name: figure, onset: began, resolution: report))
          onset = nil
        } else if onset == nil, !isGone {
          onset = report
        }
      }
      if let onset, let figure = onset.figure("name") {
        episodes.append(Episode(name: figure, onset: onset, resolution: nil))
      }
    }
    return episodes
  }
}
