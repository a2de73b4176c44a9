import Monitoring
import Vitals

/// One discharge criterion as it was judged: what was found, how old that was, and whether it
/// passed.
struct CriterionRow: Sendable {
  let criterion: Criterion
  /// What the log holds for it, numbers that belong together side by side; empty where it holds
  /// nothing.
  let values: [[Figure]]
  /// When that was found.
  let foundAt: Instant?
  /// `nil` where the log does not say.
  let isUnmet: Bool?
  let waiver: LogEvent?

  static func all(_ summary: SessionSummary) -> [CriterionRow] {
    let facts = summary.signOff
    return Criterion.allCases.map { criterion in
      let (values, at) = finding(criterion, summary)
      return CriterionRow(
        criterion: criterion, values: values, foundAt: at,
        isUnmet: facts.unmet.map { $0.contains(criterion.rawValue) },
        waiver: facts.waiver(of: criterion))
    }
  }

  private typealias Finding = (values: [[Figure]], at: Instant?)

  private static func finding(_ criterion: Criterion, _ summary: SessionSummary) -> Finding {
    let now = summary.signOff.judgedAt
    let events = summary.log.events.filter { $0.at <= now }
    switch criterion {
    case .time:
      guard let clock = summary.observation else { return ([], nil) }
      return ([[.span(clock.anchor, now)]], now)
    case .bpAge, .bpRange:
      guard let last = events.last(where: { $0.kind == "reading" }) else { return ([], nil) }
      guard criterion == .bpRange else { return ([[.span(last.at, now)]], last.at) }
      let earlier = events.last { $0.kind == "reading" && last.at - $0.at >= .seconds(300) }
      let pressures = [earlier, last].compactMap(\.self)
      return (
        pressures.map { [$0.figure("sbp"), $0.figure("dbp")].compactMap(\.self) }, last.at
      )
    case .spo2, .pulse:
      guard let sample = summary.log.samples.last(where: { $0.isValid && $0.at <= now }) else {
        return ([], nil)
      }
      let figure =
        criterion == .spo2
        ? sample.figure("spo2", sample.spo2) : sample.figure("pr", sample.pulseRate)
      return ([figure].compactMap(\.self).map { [$0] }, sample.at)
    case .activeAlarm:
      let active = summary.alarms.filter { alarm in
        alarm.raised.at <= now && (alarm.ended.map { $0.at > now } ?? true)
      }
      return (active.compactMap { $0.raised.figure("alarm") }.map { [$0] }, now)
    case .quietPeriod:
      let ends = summary.alarms.compactMap(\.ended).filter { $0.at <= now }
      return (ends.last.map { [[.span($0.at, now)]] } ?? [], ends.last?.at)
    case .escort:
      let escort = events.last { $0.what == "escort" }
      return ([escort?.spelled("type")].compactMap(\.self).map { [$0] }, escort?.at)
    case .fields, .clock: return ([], nil)
    case .aldrete, .padss, .sedation, .orientation, .dissociation, .gait, .nausea, .ivOut, .safety,
      .teaching:
      return answer(criterion.questions, in: events)
    }
  }

  /// The newest answers to any of the questions.
  private static func answer(_ fields: [String], in events: [LogEvent]) -> Finding {
    let found = fields.compactMap { field in
      events.last { $0.what == "assessed" && $0[field] != nil }.map { (event: $0, field: field) }
    }
    return (
      found.compactMap { $0.event.figure($0.field) }.map { [$0] }, found.map(\.event.at).max()
    )
  }
}
