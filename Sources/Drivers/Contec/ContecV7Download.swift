import Vitals

/// Reads the memory of a `contec-v7`.
struct ContecV7Download: FramedDriver {
  var line = FramedLine(ContecV7DownloadConversation())
}

/// Stops the live data, reads out every recording, and leaves the device streaming.
struct ContecV7DownloadConversation: Conversation {
  typealias Cut = SyncFraming<ContecV7Layout>

  private enum Phase {
    case closed
    /// A question is open; when to stop waiting for its answer, and how often to ask it yet.
    case asking(ContecV7Command, giveUpAt: Instant, triesLeft: Int)
    /// The recording comes, unless it stays away until then.
    case reading(giveUpAt: Instant)
    case done(ContecV7Attention)
  }

  private static let answerWithin = Duration.seconds(1)
  private static let tries = 3

  private var phase = Phase.closed
  private var user: UInt8 = 0
  private var segments: UInt8 = 0
  private var segment: UInt8 = 0
  private var date: (year: Int, month: Int, day: Int)?
  private var start: DeviceTime?
  /// The recording at hand, from the answer with its length on.
  private var transfer: StoredTransfer?
  private var isDamaged = false

  var nextDeadline: Instant? {
    switch phase {
    case .closed: nil
    case .asking(_, let giveUpAt, _), .reading(let giveUpAt): giveUpAt
    case .done(let attention): attention.deadline
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self()
    ask(.stopTransfer, at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self()
  }

  mutating func losePlace() { isDamaged = true }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    if let live = ContecV7Live(frame) {
      if !isInDoubt { emit(instant, .oximetry(live.reading)) }
      guard case .done(var attention) = phase else { return }
      attention.hearLive(at: instant)
      phase = .done(attention)
      return
    }
    // In doubt, an answer says no more than that the device is there.
    guard let answer = ContecV7Answer(frame), !isInDoubt || answer == .done else { return }
    switch phase {
    case .closed, .done: break
    case .asking(let question, _, _): hear(answer, to: question, at: instant, emit: emit)
    case .reading:
      guard case .seconds(let seconds) = answer else { return }
      take(seconds, at: instant, emit: emit)
    }
  }

  private mutating func hear(
    _ answer: ContecV7Answer, to question: ContecV7Command, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch (question, answer) {
    case (.stopTransfer, .done), (.stopLive, .done):
      go(on: question, at: instant, emit: emit)
    case (.segmentCount, .segments(let user, let count)):
      (self.user, segments) = (user, count)
      go(on: question, at: instant, emit: emit)
    case (.segmentStart, .date(let year, let month, let day)):
      date = (year, month, day)
    case (.segmentStart, .time(let hour, let minute, let second)):
      start = date.flatMap {
        DeviceTime(
          year: $0.year, month: $0.month, day: $0.day, hour: hour, minute: minute,
          second: second)
      }
      go(on: question, at: instant, emit: emit)
    case (.segmentLength, .length(let bytes)):
      transfer = StoredTransfer(bytes: Int(bytes), bytesPerSecond: 2, start: start)
      go(on: question, at: instant, emit: emit)
    default: break
    }
  }

  /// What comes behind a question, answered or not.
  private mutating func go(
    on question: ContecV7Command, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch question {
    case .stopTransfer where transfer != nil: readSegment(at: instant, emit: emit)
    case .stopTransfer: ask(.stopLive, at: instant, emit: emit)
    case .stopLive: ask(.segmentCount, at: instant, emit: emit)
    case .segmentStart: ask(.segmentLength, at: instant, emit: emit)
    case .segmentLength where transfer?.isComplete == false:
      readSegment(at: instant, emit: emit)
    case .segmentLength:
      segment += 1
      beginSegment(at: instant, emit: emit)
    default: beginSegment(at: instant, emit: emit)
    }
  }

  private mutating func beginSegment(
    at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    (date, start, transfer) = (nil, nil, nil)
    if segment < segments {
      ask(.segmentStart, at: instant, emit: emit)
    } else {
      phase = .done(ContecV7Attention(at: instant, emit: emit))
    }
  }

  private mutating func readSegment(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    isDamaged = false
    phase = .reading(giveUpAt: instant + Self.answerWithin)
    send(.downloadSegment, at: instant, emit: emit)
  }

  private mutating func take(
    _ seconds: [ContecV7Second], at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    guard !isDamaged else { return rewind(at: instant, emit: emit) }
    for second in seconds {
      transfer?.take(
        second.reading, storedBytes: second.storedBytes, at: instant, emit: emit)
    }
    if transfer?.isComplete == true {
      go(on: .segmentLength, at: instant, emit: emit)
    } else {
      phase = .reading(giveUpAt: instant + Self.answerWithin)
    }
  }

  /// Stops the recording, to read it from its start, or gives it up.
  private mutating func rewind(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    if transfer?.rewind() != true {
      segment += 1
      transfer = nil
    }
    ask(.stopTransfer, at: instant, emit: emit)
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch phase {
    case .closed: break
    case .asking(let question, _, let triesLeft) where triesLeft > 0:
      phase = .asking(question, giveUpAt: instant + Self.answerWithin, triesLeft: triesLeft - 1)
      send(question, at: instant, emit: emit)
    case .asking(let question, _, _): go(on: question, at: instant, emit: emit)
    case .reading: rewind(at: instant, emit: emit)
    case .done(var attention):
      attention.fire(at: instant, emit: emit)
      phase = .done(attention)
    }
  }

  private mutating func ask(
    _ question: ContecV7Command, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    // What a stop is for shows in the answers to what comes behind it.
    let isStop = question == .stopTransfer || question == .stopLive
    phase = .asking(
      question, giveUpAt: instant + Self.answerWithin, triesLeft: isStop ? 0 : Self.tries - 1)
    send(question, at: instant, emit: emit)
  }

  private func send(
    _ command: ContecV7Command, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch command {
    case .segmentStart, .segmentLength, .downloadSegment:
      emit(instant, .send(command.encoded(user: user, segment: segment)))
    default: emit(instant, .send(command.encoded))
    }
  }
}
