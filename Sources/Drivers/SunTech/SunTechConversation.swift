import Vitals

/// The driver of `suntech`.
struct SunTechDriver: FramedDriver {
  var line = FramedLine(SunTechConversation())
}

/// The dialogue with a SunTech module: one determination at a time, begun only by an order.
///
/// Nothing here repeats a start. What we started and can no longer follow is aborted.
struct SunTechConversation: Conversation {
  typealias Cut = SunTechFraming

  private enum Phase {
    case idle
    /// Ordered to start, no answer yet.
    case starting(giveUpAt: Instant)
    case measuring(Cuff)
    /// Done; the result is asked for.
    case fetching(askAt: Instant, giveUpAt: Instant)
    case aborting(giveUpAt: Instant)
  }

  /// A cuff at work.
  private struct Cuff {
    var pollAt: Instant
    /// When the module counts as dead unless it answers first.
    var deadAt: Instant
    let timeOutAt: Instant
  }

  private static let answerWithin = Duration.seconds(2)
  private static let pollEvery = Duration.milliseconds(500)
  private static let deadAfter = Duration.seconds(5)
  private static let longest = Duration.seconds(180)
  private static let askEvery = Duration.seconds(1)
  /// What a cuff can hold; beyond it the number is noise.
  private static let possiblePressures = 0...350

  private var phase = Phase.idle

  var nextDeadline: Instant? {
    switch phase {
    case .idle: nil
    case .starting(let giveUpAt), .aborting(let giveUpAt): giveUpAt
    case .measuring(let cuff): min(cuff.pollAt, cuff.deadAt, cuff.timeOutAt)
    case .fetching(let askAt, let giveUpAt): min(askAt, giveUpAt)
    }
  }

  mutating func obey(
    _ order: CuffOrder, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch (order, phase) {
    case (.start, .idle):
      phase = .starting(giveUpAt: instant + Self.answerWithin)
      send(.start, at: instant, emit: emit)
    case (.start, _):
      break
    case (.abort, .idle):
      // Nothing of ours is running, but the one who asks may see a cuff that is.
      send(.abort, at: instant, emit: emit)
    case (.abort, .aborting):
      send(.abort, at: instant, emit: emit)
    case (.abort, _):
      phase = .aborting(giveUpAt: instant + Self.answerWithin)
      send(.abort, at: instant, emit: emit)
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    close(at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    if case .idle = phase { return }
    end(.failed(.connectionLost), at: instant, emit: emit)
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let reply = SunTechReply(frame) else { return }
    switch phase {
    case .idle:
      // Whatever this is, we did not ask for it.
      break
    case .starting:
      hearWhileStarting(reply, at: instant, emit: emit)
    case .measuring(var cuff):
      cuff.deadAt = instant + Self.deadAfter
      phase = .measuring(cuff)
      hearWhileMeasuring(reply, at: instant, emit: emit)
    case .fetching:
      guard case .result(let result) = reply else { break }
      end(result.determination, at: instant, emit: emit)
    case .aborting:
      guard reply == .letter(.aborted) else { break }
      end(.aborted, at: instant, emit: emit)
    }
  }

  private mutating func hearWhileStarting(
    _ reply: SunTechReply, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch reply {
    case .letter(.begun):
      phase = .measuring(
        Cuff(
          pollAt: instant + Self.pollEvery, deadAt: instant + Self.deadAfter,
          timeOutAt: instant + Self.longest))
      emit(instant, .determination(.inflating))
    case .letter(.busy):
      // A determination we did not start is running: not ours to read or to end.
      end(.failed(.permission), at: instant, emit: emit)
    case .letter(.badPacket), .letter(.asleep):
      end(.failed(.noAnswer), at: instant, emit: emit)
    default:
      // "K" or "A" of something earlier; a pressure or a result we did not ask for.
      break
    }
  }

  private mutating func hearWhileMeasuring(
    _ reply: SunTechReply, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch reply {
    case .cuffPressure(let pressure):
      guard Self.possiblePressures.contains(pressure) else { break }
      emit(instant, .determination(.cuffPressure(mmHg: pressure)))
    case .letter(.done):
      phase = .fetching(askAt: instant + Self.askEvery, giveUpAt: instant + Self.deadAfter)
      send(.getResult, at: instant, emit: emit)
    case .letter(.aborted):
      // Stopped at the module itself.
      end(.aborted, at: instant, emit: emit)
    case .letter(.reset), .letter(.asleep):
      giveUp(.hardware, at: instant, emit: emit)
    case .letter(.begun), .letter(.badPacket), .letter(.busy), .result:
      break
    }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch phase {
    case .idle:
      break
    case .starting:
      // The answer may have been lost and not the order: leave no cuff inflating unwatched.
      giveUp(.noAnswer, at: instant, emit: emit)
    case .aborting:
      end(.aborted, at: instant, emit: emit)
    case .measuring(var cuff):
      if cuff.timeOutAt <= instant {
        giveUp(.timeOut, at: instant, emit: emit)
      } else if cuff.deadAt <= instant {
        giveUp(.connectionLost, at: instant, emit: emit)
      } else if cuff.pollAt <= instant {
        cuff.pollAt = instant + Self.pollEvery
        phase = .measuring(cuff)
        send(.getCuffPressure, at: instant, emit: emit)
      }
    case .fetching(_, let giveUpAt):
      if giveUpAt <= instant {
        giveUp(.connectionLost, at: instant, emit: emit)
      } else {
        phase = .fetching(askAt: instant + Self.askEvery, giveUpAt: giveUpAt)
        send(.getResult, at: instant, emit: emit)
      }
    }
  }

  /// Ends what we can no longer follow, and deflates the cuff.
  private mutating func giveUp(
    _ failure: DeterminationFailure, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    send(.abort, at: instant, emit: emit)
    end(.failed(failure), at: instant, emit: emit)
  }

  private mutating func end(
    _ outcome: Determination, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    phase = .idle
    emit(instant, .determination(outcome))
  }

  private func send(
    _ command: SunTechCommand, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    emit(instant, .send(command.encoded))
  }
}
