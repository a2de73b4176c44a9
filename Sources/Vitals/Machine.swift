/// A pure state machine that is told what time it is.
///
/// Alarm rules, sessions, device drivers and the whole ward have this one shape, so one loop runs
/// them live, one runs them in replay, and one set of laws tests them all (`MachineLaws`).
public protocol Machine<Input, Output>: Sendable {
  associatedtype Input
  associatedtype Output

  /// When ``advance(to:emit:)`` must be called if no input comes first; `nil` when idle.
  var nextDeadline: Instant? { get }

  /// Lets time pass. Each due deadline fires at its own instant, in order, never at `instant`.
  mutating func advance(to instant: Instant, emit: (Instant, Output) -> Void)

  /// Takes one input at `instant`, after advancing to it.
  mutating func handle(_ input: Input, at instant: Instant, emit: (Instant, Output) -> Void)
}
