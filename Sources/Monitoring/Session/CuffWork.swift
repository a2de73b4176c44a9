import Vitals

/// What is known about the cuff itself, whoever sits in the chair: at work, deflated, or out of
/// sight.
///
/// It outlives a session, since a cuff does not deflate because a session ends.
struct CuffWork: Sendable {
  /// The cuff stays deflated at least this long between two determinations; the second is for STAT
  /// mode (`clinical.md` 2.4).
  static let minimumDeflated = Duration.seconds(30)
  static let minimumDeflatedInStat = Duration.seconds(5)
  /// A determination takes no longer than 180 s on an adult (`clinical.md` 2.4).
  ///
  /// Its driver has the first word on that, and time to ask for the result and to deflate; this is
  /// for one that says nothing.
  static let longest = Duration.seconds(190)

  private enum State {
    /// Nothing was measured yet.
    case unused
    case working(since: Instant)
    /// It was told to stop, and has not said that it has.
    case stopping(since: Instant)
    case deflated(since: Instant)
    /// The line closed while it worked: it may still be inflating, also when it was told to stop.
    case outOfSight(wasStopping: Bool)
  }

  private enum Line {
    case original, closed
    case reopened(at: Instant)
  }

  private var state = State.unused
  private var line = Line.original

  /// Whether a determination runs, or is being stopped.
  var isWorking: Bool { limitAt != nil }

  /// Whether it was told to stop, and has not said that it has.
  var isStopping: Bool {
    switch state {
    case .stopping, .outOfSight(wasStopping: true): true
    default: false
    }
  }

  /// Whether it was at work when its line closed.
  var isOutOfSight: Bool { if case .outOfSight = state { true } else { false } }

  /// When a determination that runs has taken too long.
  var limitAt: Instant? {
    switch state {
    case .working(let since), .stopping(let since): since + Self.longest
    case .unused, .deflated, .outOfSight: nil
    }
  }

  /// When the cuff will have been deflated for so long; `nil` when it has never been inflated.
  func deflated(for duration: Duration) -> Instant? {
    if case .deflated(let since) = state { since + duration } else { nil }
  }

  /// Until when the cuff must not start by itself, because somebody has just plugged it in.
  var steadyAt: Instant? {
    if case .reopened(let at) = line { at + Self.minimumDeflated } else { nil }
  }

  mutating func begin(at now: Instant) { state = .working(since: now) }

  mutating func stop() {
    if case .working(let since) = state { state = .stopping(since: since) }
  }

  mutating func end(at now: Instant) { state = .deflated(since: now) }

  mutating func closeLine() {
    line = .closed
    if isWorking { state = .outOfSight(wasStopping: isStopping) }
  }

  mutating func openLine(at now: Instant) {
    if case .original = line { return }
    line = .reopened(at: now)
  }

  /// Another session begins: that the line was closed before does not concern it.
  mutating func forgetLine() {
    if case .reopened = line { line = .original }
  }
}
