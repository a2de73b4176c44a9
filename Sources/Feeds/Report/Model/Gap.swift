import Monitoring
import Vitals

/// A stretch of a watched session without a single oximeter value that may be believed.
struct Gap: Sendable {
  enum Reason: Sendable {
    /// No daemon ran; the event says for how long.
    case interrupted(LogEvent)
    case away(LogEvent)
    /// What the samples of the gap say of themselves.
    case status(LogSample)
    /// Seconds are stored, with nothing current in them.
    case nothingCurrent
    /// No second is stored.
    case nothingStored
  }

  /// The last believed second before it, or the start of the watch.
  let from: Instant
  /// The first believed second after it, or the end of the watch.
  let to: Instant
  let reason: Reason

  /// Shorter than this the numbers of one second stand for the next.
  static let shortest = Duration.seconds(10)
  /// The line of a chart is broken where the next value is further away than this.
  static let lineBreak = Duration.seconds(3)

  static func all(in log: SessionLog, _ course: Course) -> [Gap] {
    guard let watch = course.monitored else { return [] }
    let believed = log.samples.filter { $0.isValid && watch.contains($0.at) }.map(\.at)
    let edges = [watch.lowerBound] + believed + [watch.upperBound]
    return zip(edges, edges.dropFirst()).filter { $1 - $0 >= shortest }.map { from, to in
      Gap(from: from, to: to, reason: reason(in: log, course, from, to))
    }
  }

  private static func reason(
    in log: SessionLog, _ course: Course, _ from: Instant, _ to: Instant
  ) -> Reason {
    let inside = log.events.filter { from < $0.at && $0.at <= to }
    if let interruption = inside.first(where: { $0.what == "interrupted" }) {
      return .interrupted(interruption)
    }
    if let absence = course.absences.first(where: { $0.from.at < to && ($0.to?.at ?? to) > from }) {
      return .away(absence.from)
    }
    let seconds = log.samples.filter { from < $0.at && $0.at < to }
    let unusable = seconds.filter { !$0.status.isDisjoint(with: .unusable) }
    if let sample = unusable.first { return .status(sample) }
    return seconds.isEmpty ? .nothingStored : .nothingCurrent
  }
}

/// How much of a phase the oximeter covered.
struct Completeness: Sendable {
  let stay: Course.Stay
  let end: Instant
  /// Seconds with a believed value.
  let valid: Int
  /// Seconds of the phase.
  let seconds: Int

  /// Whole percent, rounded down; `nil` for a phase shorter than a second.
  var percent: Int? { seconds == 0 ? nil : min(100, valid * 100 / seconds) }

  static func all(in log: SessionLog, _ course: Course) -> [Completeness] {
    course.stays.filter(\.phase.isMonitored).map { stay in
      let end = stay.to?.at ?? course.interval.upperBound
      let valid = log.samples.count { $0.isValid && stay.from.at <= $0.at && $0.at < end }
      return Completeness(
        stay: stay, end: end, valid: valid, seconds: (end - stay.from.at).wholeSeconds)
    }
  }
}
