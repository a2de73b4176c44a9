import Monitoring
import Vitals

/// The observation after the dose, as its two clocks ran (`clinical.md` 1.4).
struct ObservationFacts: Sendable {
  /// What the observation counts from.
  let anchor: Instant
  /// Its end: the end of the session, or the last that the log knows of.
  let end: Instant

  /// `nil` before any dose has ended.
  init?(_ summary: SessionSummary) {
    guard let dose = summary.course.doses.last, let doseEnd = dose.to else { return nil }
    let route = summary.route.flatMap { Route(rawValue: $0.words) }
    anchor =
      route?.isCountedFromStart == true ? summary.firstDevice?.at ?? dose.from.at : doseEnd.at
    end = max(anchor, summary.course.interval.upperBound)
  }

  /// How long the patient was away since the anchor.
  func away(_ summary: SessionSummary) -> Duration {
    summary.course.absences.reduce(.zero) { sum, absence in
      let from = max(absence.from.at, anchor)
      return sum + max(.zero, min(absence.to?.at ?? end, end) - from)
    }
  }
}

extension Route {
  /// Whether the observation counts from the first of the drug, not from its end.
  var isCountedFromStart: Bool {
    switch self {
    case .iv40, .iv45, .iv60slow: false
    case .im, .spravato56, .spravato84, .nasalCompounded, .troche: true
    }
  }
}
