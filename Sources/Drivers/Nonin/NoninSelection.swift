import Vitals

/// Has a Nonin device send the format its driver reads.
///
/// It listens first: most devices are set already, and what is never written to cannot be upset.
struct NoninSelection: Sendable {
  /// Time for a device to be heard before it is told anything.
  private static let listening = Duration.seconds(3)
  private static let answerWithin = Duration.seconds(1)
  /// No whole seconds: our questions must not meet the frames of a device that sends one a second
  /// again and again.
  private static let firstPause = Duration.milliseconds(2300)
  private static let longestPause = Duration.seconds(64)

  let format: NoninSelect.Format
  /// Whether "accepted" is enough: a device that sends a record for each finger may well be
  /// silent.
  let isSettledByAnswer: Bool

  /// When to send the next command; `nil` while there is nothing to do.
  private(set) var deadline: Instant?
  private var hasAsked = false
  /// What is sent next.
  private var form = NoninSelect.Form.plain
  /// From one pair of commands to the next.
  private var pause = Self.firstPause

  init(format: NoninSelect.Format, isSettledByAnswer: Bool = false) {
    self.format = format
    self.isSettledByAnswer = isSettledByAnswer
  }

  mutating func open(at instant: Instant) { deadline = instant + Self.listening }

  /// A frame of the format came: the device is as we want it, or was made so.
  mutating func settle() { deadline = nil }

  mutating func hear(
    _ answer: NoninAnswer, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    guard hasAsked, deadline != nil else { return }
    switch answer {
    case .accepted where isSettledByAnswer: settle()
    case .accepted:
      if form == .extended { rest(at: instant) }
    case .refused:
      // Only the answer to the plain form is worth an answer: it asks for the other.
      if form == .extended { send(at: instant, emit: emit) }
    }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    send(at: instant, emit: emit)
  }

  private mutating func send(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    hasAsked = true
    emit(instant, .send(NoninSelect(format: format, form: form).encoded))
    switch form {
    case .plain:
      form = .extended
      deadline = instant + Self.answerWithin
    case .extended: rest(at: instant)
    }
  }

  /// Leaves the device time to begin, and longer each time.
  private mutating func rest(at instant: Instant) {
    form = .plain
    deadline = instant + pause
    pause = min(pause * 2, Self.longestPause)
  }
}
