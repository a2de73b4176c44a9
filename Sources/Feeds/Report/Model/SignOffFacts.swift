import Monitoring
import Vitals

/// How a session came to its sign-off: what was missing when, and what was decided.
struct SignOffFacts: Sendable {
  /// A stretch in which the same criteria were not met.
  struct Wait: Sendable {
    let from: LogEvent
    /// `nil` for the one that goes on.
    let to: LogEvent?
    var unmet: [String] { from.list("unmet") }
  }

  let waits: [Wait]
  /// The instant that the criteria are judged at: of the first accepted signature, else of the
  /// last attempt, else the end.
  let judgedAt: Instant
  let waivers: [LogEvent]

  init(_ log: SessionLog, _ course: Course) {
    let changes = log.events.filter { $0.what == "criteria" }
    waits = changes.indices.map { index in
      Wait(
        from: changes[index],
        to: changes.indices.contains(index + 1) ? changes[index + 1] : nil)
    }
    let attempts = log.events.filter { $0.kind == "signature" }
    let decisive = attempts.first { $0["result"] == "accepted" } ?? attempts.last
    judgedAt = decisive?.at ?? course.interval.upperBound
    waivers = log.events.filter { $0.what == "waived" }
  }

  /// When everything was first met; `nil` when it never was.
  var ready: Wait? { waits.first(where: \.unmet.isEmpty) }

  /// When nothing but the time that the route asks for was missing (`clinical.md` 5.1).
  var readyButForTime: Wait? { waits.first { $0.unmet.allSatisfy { $0 == "time" } } }

  /// What was not met at the instant of judgement; `nil` where the log does not say.
  var unmet: [String]? { waits.last { $0.from.at <= judgedAt }?.unmet }

  /// A prescriber's decision on a criterion.
  func waiver(of criterion: Criterion) -> LogEvent? {
    waivers.last { $0["criterion"] == criterion.rawValue && $0.at <= judgedAt }
  }
}
