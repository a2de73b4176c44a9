import Monitoring
import Vitals

/// One limit over a session: what the policy gave, and every change by command.
struct LimitCourse: Sendable {
  struct Step: Sendable {
    let at: Instant
    /// In the whole numbers of the policy.
    let value: Int
    let figure: Figure
  }

  let steps: [Step]

  /// Empty for a field that no policy has.
  init(_ name: String, in summary: SessionSummary) {
    guard let field = Policy.field(name), let run = summary.log.runs.first else {
      steps = []
      return
    }
    let value = run.policy[keyPath: field.path]
    let first = Step(
      at: summary.course.interval.lowerBound, value: value,
      figure: Figure("\(value)", .policy(name)))
    let changes = summary.entries("limitChanged").filter { $0["field"] == name }
      .compactMap { event -> Step? in
        guard let to = event.int("to"), let figure = event.figure("to") else { return nil }
        return Step(at: event.at, value: to, figure: figure)
      }
    steps = [first] + changes
  }
}
