import Vitals

/// A conversation in a format that the host can select.
protocol NoninConversation: Conversation where Cut == NoninFraming<Format> {
  associatedtype Format: NoninFormat

  var selection: NoninSelection { get set }

  /// As a fresh line finds it.
  init()

  /// Reads one frame of the format.
  mutating func readFrame(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void)
}

extension NoninConversation {
  var nextDeadline: Instant? { selection.deadline }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self()
    selection.open(at: instant)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self()
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    selection.fire(at: instant, emit: emit)
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    if frame.count == 1, let answer = NoninAnswer(rawValue: frame[0]) {
      selection.hear(answer, at: instant, emit: emit)
    } else {
      if !isInDoubt { selection.settle() }
      readFrame(frame, isInDoubt: isInDoubt, at: instant, emit: emit)
    }
  }
}
