/// A point on the ward's own time line, in nanoseconds.
///
/// The domain never asks what time it is: the live daemon derives instants from `CLOCK_BOOTTIME`
/// (runs through suspend, never steps), replay reads them from the recording. May be negative:
/// a scene counts from dose start, and its preparation lies before zero.
public struct Instant: Hashable, Comparable, Sendable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static let zero = Instant(nanoseconds: 0)

  public static func seconds(_ seconds: Int) -> Instant {
    Instant(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  /// The instant to the nearest millisecond: the grid on which inputs are stamped and recorded.
  public static func milliseconds(_ milliseconds: Int64) -> Instant {
    Instant(nanoseconds: milliseconds * 1_000_000)
  }

  public var milliseconds: Int64 { nanoseconds / 1_000_000 }

  public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

  public static func + (instant: Instant, duration: Duration) -> Instant {
    Instant(nanoseconds: instant.nanoseconds + duration.nanoseconds)
  }

  public static func - (instant: Instant, duration: Duration) -> Instant {
    Instant(nanoseconds: instant.nanoseconds - duration.nanoseconds)
  }

  public static func - (later: Instant, earlier: Instant) -> Duration {
    .nanoseconds(later.nanoseconds - earlier.nanoseconds)
  }
}

extension Duration {
  /// The whole duration in nanoseconds; a recording of 292 years would overflow.
  public var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  /// The duration in whole seconds, rounded towards zero.
  public var wholeSeconds: Int { Int(components.seconds) }
}

/// The earlier of two deadlines, where `nil` means "never".
public func earliest(_ a: Instant?, _ b: Instant?) -> Instant? {
  switch (a, b) {
  case (let a?, let b?): min(a, b)
  case (let one, nil), (nil, let one): one
  }
}
