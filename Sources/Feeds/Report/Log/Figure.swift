public import Vitals

/// Something a report prints that is not fixed wording: the words, and where in the log they stand.
///
/// Only a figure can put a value on the page, so every one of them can be traced.
public struct Figure: Hashable, Sendable {
  public let words: String
  public let source: Source

  public init(_ words: String, _ source: Source) {
    self.words = words
    self.source = source
  }
}

/// A place in the log, written into the page as `data-source`.
public struct Source: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(description: String) { self.description = description }

  /// A field of the event with this number.
  public static func event(_ event: LogEvent, _ field: String) -> Source {
    Source(description: "event \(event.sequence) \(field)")
  }

  /// The name of a field of the event with this number.
  public static func fieldName(_ event: LogEvent, _ field: String) -> Source {
    Source(description: "name \(event.sequence) \(field)")
  }

  /// The wall time of an event.
  public static func wall(_ event: LogEvent) -> Source {
    Source(description: "event \(event.sequence) wall")
  }

  /// The wall time that belongs to an instant, in milliseconds of the ward's time line.
  public static func wall(_ instant: Instant) -> Source {
    Source(description: "instant \(instant.milliseconds) wall")
  }

  /// A field of the sample stored for this instant: `spo2`, `pr` or `status`.
  public static func sample(_ sample: LogSample, _ field: String) -> Source {
    Source(description: "sample \(sample.at.milliseconds) \(field)")
  }

  /// From one instant to another.
  public static func span(_ from: Instant, _ to: Instant) -> Source {
    Source(description: "span \(from.milliseconds) \(to.milliseconds)")
  }

  /// A column of a start of the daemon, counted from 0 in the order of the log.
  public static func run(_ index: Int, _ column: String) -> Source {
    Source(description: "run \(index) \(column)")
  }

  /// A limit of the policy in force.
  public static func policy(_ field: String) -> Source {
    Source(description: "policy \(field)")
  }

  /// The printed name or role of a member of staff.
  public static func staff(_ user: String, _ column: String) -> Source {
    Source(description: "staff \(user) \(column)")
  }

  /// A field of a command in the flight recorder.
  public static func command(_ command: LogCommand, _ field: String) -> Source {
    Source(description: "command \(command.at.milliseconds) \(command.name) \(field)")
  }

  /// A duration of the observation's clocks: `required`, `elapsed` or `credit`.
  public static func clock(_ clock: LogClock, _ name: String) -> Source {
    Source(description: "clock \(clock.at.milliseconds) \(name)")
  }

  /// A field of a signature manifest, counted from 0.
  public static func manifest(_ index: Int, _ field: String) -> Source {
    Source(description: "manifest \(index) \(field)")
  }

  /// What the visit itself is called: `chair`, `site`, `id`.
  public static func visit(_ column: String) -> Source {
    Source(description: "visit \(column)")
  }

  /// The place of an alarm in the report's own list of alarms, counted from 1.
  public static func alarm(_ raised: LogEvent) -> Source {
    Source(description: "alarm \(raised.sequence)")
  }

  /// The place of a dose among the doses of the session, counted from 1.
  public static func dose(_ start: LogEvent) -> Source {
    Source(description: "dose \(start.sequence)")
  }

  /// The name or the unit of a limit.
  public static func policyName(_ field: String) -> Source {
    Source(description: "policyName \(field)")
  }

  /// A graduation of a chart: no value of the session.
  public static let axis = Source(description: "axis")

  /// A number that follows from others by a named rule over an interval.
  public static func computed(_ rule: String, _ from: Instant, _ to: Instant) -> Source {
    Source(description: "computed \(rule) \(from.milliseconds) \(to.milliseconds)")
  }
}
