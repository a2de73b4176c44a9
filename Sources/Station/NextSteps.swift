import Monitoring
import Recording
import Vitals

/// What the steps of a visit still wait for, so that a page says it before anybody presses.
enum NextSteps {
  private static let steps: [Command] = [
    .baselineAccepted, .doseStart(route: nil, reason: "again"), .holdCleared(reason: "clear"),
  ]

  /// For each step that makes sense in this phase, the reasons against it by name and in a sentence.
  static func json(_ monitor: ChairMonitor, at now: Instant) -> String {
    var json = JSONLine()
    for step in steps {
      guard let lacks = monitor.lacks(step, at: now) else { continue }
      let rows = lacks.map { reason in
        var row = JSONLine()
        row.add("why", reason.name)
        row.add("text", reason.explanation)
        return row.line
      }
      json.addRaw(step.name.rawValue, "[" + rows.joined(separator: ",") + "]")
    }
    return json.line
  }
}
