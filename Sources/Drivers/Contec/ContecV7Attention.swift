import Vitals

/// What keeps a V7 device streaming: asks for live data, says every 5 s that we listen, and asks
/// again when it falls silent.
struct ContecV7Attention: Sendable {
  private static let keepAliveEvery = Duration.seconds(5)
  private static let silence = Duration.seconds(1)
  private static let eagerTries = 10
  private static let patience = Duration.seconds(10)

  /// When to ask for live data again, unless it comes first.
  private var askAt: Instant
  /// Times we asked since live data last came.
  private var tries = 0
  /// When to say that we are still listening; `nil` while no live data comes.
  private var keepAliveAt: Instant?

  /// Asks for live data at once.
  init(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    askAt = instant
    askForLive(at: instant, emit: emit)
  }

  var deadline: Instant? { earliest(askAt, keepAliveAt) }

  /// Live data came.
  mutating func hearLive(at instant: Instant) {
    askAt = instant + Self.silence
    tries = 0
    if keepAliveAt == nil { keepAliveAt = instant + Self.keepAliveEvery }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    if askAt <= instant {
      askForLive(at: instant, emit: emit)
    } else if let keepAliveAt, keepAliveAt <= instant {
      emit(instant, .send(ContecV7Command.keepAlive.encoded))
      self.keepAliveAt = keepAliveAt + Self.keepAliveEvery
    }
  }

  private mutating func askForLive(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    emit(instant, .send(ContecV7Command.startLive.encoded))
    tries += 1
    askAt = instant + (tries <= Self.eagerTries ? Self.silence : Self.patience)
    keepAliveAt = nil
  }
}
