import Monitoring
import Vitals

/// The phases of a session, and the doses and absences inside them.
struct Course: Sendable {
  /// A phase from the event that entered it to the one that left it.
  struct Stay: Sendable {
    let phase: Phase
    let from: LogEvent
    /// `nil` while the session stands there still.
    let to: LogEvent?
  }

  /// Something with a beginning and, as a rule, an end inside the session.
  struct Stretch: Sendable {
    let from: LogEvent
    let to: LogEvent?
  }

  let stays: [Stay]
  /// Every dose, from its start to its end; more than one when it was repeated.
  let doses: [Stretch]
  let pauses: [Stretch]
  let absences: [Stretch]
  /// The first instant of the session and the last that the log knows of.
  let interval: ClosedRange<Instant>

  init(_ log: SessionLog) {
    let changes = log.events.filter { $0.kind == "session" }
    let entries = changes.compactMap { event -> (phase: Phase, event: LogEvent)? in
      guard event["substate"] == nil, let phase = event["state"].flatMap(Phase.init) else {
        return nil
      }
      return (phase, event)
    }
    stays = entries.indices.map { index in
      let next = entries.indices.contains(index + 1) ? entries[index + 1].event : nil
      return Stay(phase: entries[index].phase, from: entries[index].event, to: next)
    }
    doses = stays.filter { $0.phase == .infusing }.map { Stretch(from: $0.from, to: $0.to) }
    // A pause ends with the dose, too, and an absence with the session.
    pauses = Self.stretches(changes, "paused", "running")
    absences = Self.stretches(changes, "away", "returned")
    let start = log.events.first?.at ?? .zero
    let end = stays.last { $0.phase.isTerminal }?.from.at
    let last = max(log.events.last?.at ?? start, log.samples.last?.at ?? start)
    interval = start...max(start, end ?? last)
  }

  private static func stretches(
    _ changes: [LogEvent], _ opening: String, _ closing: String
  ) -> [Stretch] {
    changes.indices.filter { changes[$0]["substate"] == opening }.map { index in
      let end = changes[(index + 1)...].first { change in
        change["substate"] == closing
          || (change["substate"] == nil && change["state"] != changes[index]["state"])
      }
      return Stretch(from: changes[index], to: end)
    }
  }

  /// When somebody was in the chair to be watched: from the first such phase to the end.
  var monitored: ClosedRange<Instant>? {
    guard let first = stays.first(where: { $0.phase.isMonitored }) else { return nil }
    return first.from.at...max(first.from.at, interval.upperBound)
  }

  /// The end of the session, `nil` while it goes on.
  var ending: Stay? { stays.last { $0.phase.isTerminal } }

  /// The phase at an instant; `nil` before the first.
  func phase(at instant: Instant) -> Phase? { stays.last { $0.from.at <= instant }?.phase }

  /// The first dose's start: the zero of minutes.
  var doseStart: LogEvent? { doses.first?.from }
  /// The last dose's end.
  var doseEnd: LogEvent? { doses.last?.to }

  func isAway(at instant: Instant) -> Bool {
    absences.contains { $0.from.at <= instant && instant < ($0.to?.at ?? interval.upperBound) }
  }
}
