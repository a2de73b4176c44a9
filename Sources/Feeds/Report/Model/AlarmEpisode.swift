import Vitals

/// One alarm from the event that raised it to the last that concerned it.
struct AlarmEpisode: Sendable {
  let raised: LogEvent
  private(set) var escalations: [LogEvent] = []
  private(set) var acknowledged: LogEvent?
  /// The condition has gone; `nil` while it lasts, or when the session ended with it.
  private(set) var ended: LogEvent?

  private init(raised: LogEvent) { self.raised = raised }

  var id: String { raised["alarm"] ?? "" }

  /// The event that gave the highest priority that it reached.
  var highest: LogEvent { escalations.last ?? raised }

  static func all(in events: [LogEvent]) -> [AlarmEpisode] {
    var episodes: [AlarmEpisode] = []
    /// By number, or by name for lines that carry none.
    var open: [String: Int] = [:]
    for event in events where event.kind == "alarm" {
      let key = event["id"] ?? event["alarm"] ?? ""
      switch event["change"] {
      case "raised":
        open[key] = episodes.count
        episodes.append(AlarmEpisode(raised: event))
      case "escalated":
        if let index = open[key] { episodes[index].escalations.append(event) }
      case "acknowledged":
        if let index = open[key] {
          episodes[index].acknowledged = episodes[index].acknowledged ?? event
        }
      case "cleared", "latched":
        if let index = open[key] { episodes[index].ended = event }
      default: break
      }
    }
    return episodes
  }
}
