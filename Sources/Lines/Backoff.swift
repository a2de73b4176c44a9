/// How long to wait before trying a port again: 0.25 s, doubling to 2 s, for ever.
///
/// Where udev cannot tell us of a device, this wait is all that lies between plug and reading.
struct Backoff: Equatable, Sendable {
  private static let first = Duration.milliseconds(250)
  private static let longest = Duration.seconds(2)
  private var wait = first

  /// The wait before the next try; the one after is twice as long.
  mutating func next() -> Duration {
    defer { wait = min(wait * 2, Self.longest) }
    return wait
  }

  mutating func reset() { wait = Self.first }
}
