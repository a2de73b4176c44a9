import Vitals

/// The driver of `contec-v7`.
struct ContecV7Driver: FramedDriver {
  var line = FramedLine(ContecV7Conversation())
}

/// The V7 dialogue: asks who is there, then for live data, and keeps it alive.
///
/// Live data counts whenever it comes, before the questions are answered as well.
struct ContecV7Conversation: Conversation {
  typealias Cut = SyncFraming<ContecV7Layout>

  private enum Phase {
    case closed
    case greeting(ContecV7Greeting)
    case live(ContecV7Attention)
  }

  private var phase = Phase.closed

  var nextDeadline: Instant? {
    switch phase {
    case .closed: nil
    case .greeting(let greeting): greeting.giveUpAt
    case .live(let attention): attention.deadline
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    go(on: ContecV7Greeting(at: instant), at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    phase = .closed
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    if let live = ContecV7Live(frame) {
      if !isInDoubt { emit(instant, .oximetry(live.reading)) }
      guard case .live(var attention) = phase else { return }
      attention.hearLive(at: instant)
      phase = .live(attention)
    } else if case .greeting(var greeting) = phase, let answer = ContecV7Answer(frame) {
      if greeting.hear(answer) {
        go(on: greeting, at: instant, emit: emit)
      } else {
        phase = .greeting(greeting)
      }
    }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch phase {
    case .closed: break
    case .greeting(let greeting): go(on: greeting, at: instant, emit: emit)
    case .live(var attention):
      attention.fire(at: instant, emit: emit)
      phase = .live(attention)
    }
  }

  /// Asks the next question, or for live data after the last.
  private mutating func go(
    on greeting: ContecV7Greeting, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    var greeting = greeting
    if let question = greeting.ask(at: instant) {
      phase = .greeting(greeting)
      emit(instant, .send(question.encoded))
    } else {
      if let identity = greeting.identity { emit(instant, .identified(identity)) }
      phase = .live(ContecV7Attention(at: instant, emit: emit))
    }
  }
}
