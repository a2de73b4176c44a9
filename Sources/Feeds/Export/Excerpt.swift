import Monitoring
import Vitals

/// A session as every export sees it: what belongs to it, and its axis of whole seconds.
struct Excerpt: Sendable {
  let log: SessionLog
  let course: Course
  /// Where the session ends, or for one that goes on, the log.
  let end: Instant
  let time: ClinicTime
  /// The beginning of the wall's second in which the session began: the zero of every `t`.
  let zero: Instant
  /// The events of the session; after its end only what people still wrote to its record.
  let events: [LogEvent]
  /// The stored samples of the time in which somebody was watched.
  let samples: [LogSample]
  let pressures: [ChartedReading]
  private let artefacts: [ClosedRange<Instant>]
  private let interruptions: [ClosedRange<Instant>]

  init(_ log: SessionLog) {
    self.log = log
    let course = Course(log)
    self.course = course
    time = ClinicTime(log)
    let first = log.events.first
    let start = first?.at ?? log.samples.first?.at ?? .zero
    // Rounded down, also for a clock that shows a time before 1970.
    let fraction = ((first?.wall.milliseconds ?? 0) % 1000 + 1000) % 1000
    zero = start - .milliseconds(fraction)
    let end = max(course.interval.upperBound, log.reach ?? course.interval.upperBound)
    self.end = end
    events = log.events.filter { event in
      event.at <= end || Self.belongsToRecord(event, of: log)
    }
    samples =
      course.monitored.map { watch in
        log.samples.filter { watch.lowerBound <= $0.at && $0.at <= end }
      } ?? []
    pressures = ChartedReading.all(in: events, course)
    artefacts = events.compactMap { event -> ClosedRange<Instant>? in
      guard event.what == "annotated", let from = event.int("from") else { return nil }
      let to = event.int("to") ?? 0
      let latest = event.at - Duration.seconds(to)
      return (latest - Duration.seconds(max(0, from - to)))...latest
    }
    interruptions = events.compactMap { event -> ClosedRange<Instant>? in
      guard event.what == "interrupted", let seconds = event.int("seconds") else { return nil }
      return (event.at - Duration.seconds(max(0, seconds)))...event.at
    }
  }

  private static func belongsToRecord(_ event: LogEvent, of log: SessionLog) -> Bool {
    ["audit", "session", "signature"].contains(event.kind) && event["chair"] == log.chair
  }

  /// The seconds in which somebody was watched, counted from ``zero``; empty when nobody was.
  var seconds: Range<Int> {
    guard let watch = course.monitored else { return 0..<0 }
    let first = (watch.lowerBound - zero).wholeSeconds
    return first..<max(first, (end - zero + .milliseconds(999)).wholeSeconds)
  }

  /// Where a second begins.
  func instant(ofSecond index: Int) -> Instant { zero + .seconds(index) }

  /// How far a sample may be trusted, in a word and the device's own.
  func standing(of sample: LogSample) -> Standing {
    var flags = sample.status.subtracting(.beat).names
    if artefacts.contains(where: { $0.contains(sample.at) }) { flags.append("markedArtefact") }
    if sample.isValid { return Standing(.ok, flags) }
    return Standing(sample.status.isDisjoint(with: .unusable) ? .noValue : .invalid, flags)
  }

  /// Why there is no sample at an instant.
  func absence(at instant: Instant) -> Standing {
    Standing(interruptions.contains { $0.contains(instant) } ? .interrupted : .noData)
  }

  /// The wall time of an instant in UTC, such as `2026-03-14T15:02:11.000Z`.
  func wall(at instant: Instant) -> String { time.wall(at: instant).description }

  /// The wall time of an instant where the clinic is.
  func localTime(at instant: Instant) -> WallTime {
    let wall = time.wall(at: instant)
    return wall + .seconds(log.utcOffset(wall))
  }
}

/// A word on a sample, or on a second without one, with the flags of the device.
struct Standing: Hashable, Sendable, CustomStringConvertible {
  enum Word: String, Sendable {
    /// The numbers may be believed.
    case ok
    /// The device flagged its numbers as none to be judged; they are left out.
    case invalid
    /// The device spoke and had no number.
    case noValue
    /// Nothing is stored.
    case noData
    /// The daemon did not run.
    case interrupted
  }

  let word: Word
  let flags: [String]

  init(_ word: Word, _ flags: [String] = []) {
    self.word = word
    self.flags = flags
  }

  /// `ok`, `ok lowPerfusion`, `invalid sensorOff`.
  var description: String { ([word.rawValue] + flags).joined(separator: " ") }
}
