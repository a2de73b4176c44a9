import Vitals

/// The driver of `contec-v7`.
struct ContecV7Driver: FramedDriver {
  var line = FramedLine(ContecV7Conversation())
}

/// The V7 dialogue: asks for live data, keeps it alive, and asks again when it falls silent.
struct ContecV7Conversation: Conversation {
  typealias Cut = SyncFraming<ContecV7Layout>

  private static let keepAliveEvery = Duration.seconds(5)
  private static let silence = Duration.seconds(1)
  private static let eagerTries = 10
  private static let patience = Duration.seconds(10)

  /// What we owe the device while the line is open.
  private struct Link {
    /// When to ask for live data again, unless it comes first.
    var askAt: Instant
    /// Times we asked since live data last came.
    var tries = 0
    /// When to say that we are still listening; `nil` while no live data comes.
    var keepAliveAt: Instant?
  }

  private var link: Link?

  var nextDeadline: Instant? { link.flatMap { earliest($0.askAt, $0.keepAliveAt) } }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    // The full start-up dialogue (A7, A2, A0, B0, AC, A8, each with its answer) belongs here, in
    // front of the first A1.
    link = Link(askAt: instant)
    askForLive(at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    link = nil
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let live = ContecV7Live(frame) else { return }
    emit(instant, .oximetry(live.reading))
    guard link != nil else { return }
    link?.askAt = instant + Self.silence
    link?.tries = 0
    if link?.keepAliveAt == nil { link?.keepAliveAt = instant + Self.keepAliveEvery }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    guard let link else { return }
    if link.askAt <= instant {
      askForLive(at: instant, emit: emit)
    } else if let keepAliveAt = link.keepAliveAt, keepAliveAt <= instant {
      emit(instant, .send(ContecV7Command.keepAlive.encoded))
      self.link?.keepAliveAt = keepAliveAt + Self.keepAliveEvery
    }
  }

  private mutating func askForLive(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    guard var link else { return }
    emit(instant, .send(ContecV7Command.startLive.encoded))
    link.tries += 1
    link.askAt = instant + (link.tries <= Self.eagerTries ? Self.silence : Self.patience)
    link.keepAliveAt = nil
    self.link = link
  }
}
