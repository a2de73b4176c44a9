import Vitals

/// The clinic's wall time of every instant of a session, and where the wall clock was stepped.
///
/// A label only: durations and order come from instants.
struct ClinicTime: Sendable {
  /// A step of the wall clock.
  struct Step: Sendable {
    let event: LogEvent
    let milliseconds: Int
  }

  let steps: [Step]
  private let anchors: [(at: Instant, wall: WallTime)]
  private let utcOffset: @Sendable (WallTime) -> Int
  private let firstOffset: Int

  init(_ log: SessionLog) {
    anchors = log.events.map { ($0.at, $0.wall) }
    utcOffset = log.utcOffset
    firstOffset = log.events.first.map { log.utcOffset($0.wall) } ?? 0
    steps = log.events.compactMap { event in
      guard event.what == "wallClockStepped" else { return nil }
      return event.int("milliseconds").map { Step(event: event, milliseconds: $0) }
    }
  }

  /// The wall time that belongs to an instant, by the newest event at or before it.
  func wall(at instant: Instant) -> WallTime {
    var (low, high) = (0, anchors.count)
    while low < high {
      let middle = low + (high - low) / 2
      if anchors[middle].at <= instant { low = middle + 1 } else { high = middle }
    }
    guard !anchors.isEmpty else { return WallTime(milliseconds: 0) }
    let anchor = anchors[max(0, low - 1)]
    return anchor.wall + (instant - anchor.at)
  }

  /// `10:21:44`, with marks where a reader could go wrong: `(-04:00)` when the offset from UTC is
  /// no longer that of the head of the report, and one `*` for each step of the clock before it.
  func clock(_ event: LogEvent) -> Figure {
    Figure(label(event.wall, at: event.at), .wall(event))
  }

  func clock(at instant: Instant) -> Figure {
    Figure(label(wall(at: instant), at: instant), .wall(instant))
  }

  /// `2026-03-14 10:21:44`.
  func dateAndClock(_ event: LogEvent) -> Figure {
    Figure("\(date(event.wall)) \(label(event.wall, at: event.at))", .wall(event))
  }

  func date(_ event: LogEvent) -> Figure { Figure(date(event.wall), .wall(event)) }

  /// The date so many days after that of an event.
  func date(_ event: LogEvent, plusDays days: Int) -> Figure {
    Figure(
      date(event.wall + .seconds(days * 86_400)), .computed("plusDays \(days)", event.at, event.at))
  }

  /// `UTC-05:00`.
  func offset(_ event: LogEvent) -> Figure {
    Figure("UTC" + Self.offset(utcOffset(event.wall)), .wall(event))
  }

  private func date(_ wall: WallTime) -> String { String(local(wall).prefix(10)) }

  private func label(_ wall: WallTime, at instant: Instant) -> String {
    let offset = utcOffset(wall)
    let time = local(wall).dropFirst(11).prefix(8)
    let passed = steps.count { $0.event.at <= instant }
    return time + (offset == firstOffset ? "" : " (\(Self.offset(offset)))")
      + String(repeating: "*", count: passed)
  }

  /// RFC 3339 of the local time; its letter Z means nothing then.
  private func local(_ wall: WallTime) -> String {
    WallTime(milliseconds: wall.milliseconds + Int64(utcOffset(wall)) * 1000).description
  }

  private static func offset(_ seconds: Int) -> String {
    let minutes = seconds.magnitude / 60
    return (seconds < 0 ? "-" : "+") + twoDigits(Int(minutes / 60)) + ":"
      + twoDigits(Int(minutes % 60))
  }
}

/// `07`, `12`, `105`.
func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

extension Duration {
  /// `0:37`, `12:05`, `1:02:05`: whole seconds, rounded down.
  var clockText: String {
    let seconds = wholeSeconds
    let sign = seconds < 0 ? "-" : ""
    let (hours, rest) = (abs(seconds) / 3600, abs(seconds) % 3600)
    return hours == 0
      ? "\(sign)\(rest / 60):\(twoDigits(rest % 60))"
      : "\(sign)\(hours):\(twoDigits(rest / 60)):\(twoDigits(rest % 60))"
  }
}

extension Figure {
  /// The time from one instant to another.
  static func span(_ from: Instant, _ to: Instant) -> Figure {
    Figure((to - from).clockText, .span(from, to))
  }
}
