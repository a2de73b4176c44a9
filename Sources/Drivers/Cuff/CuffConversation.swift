import Vitals

/// The dialogue with a cuff that takes orders: one determination at a time, begun only by an order.
///
/// One machine for every protocol; what differs is a ``CuffDialect``. Its promises:
/// - A start goes out when it is ordered, and never else: nothing here repeats one.
/// - What we started and can no longer follow is told to deflate, until it answers or has been told
///   often enough; so is a cuff that we lost with its line, as soon as the line is back.
/// - A result counts only when it was asked for at the end of our own determination.
/// - Each start taken has one outcome.
struct CuffConversation<Dialect: CuffDialect>: Conversation {
  typealias Cut = Dialect.Cut
  typealias Emit = (Instant, DriverOutput) -> Void

  /// What a cuff can hold, in mmHg; beyond it the number is noise.
  private let possiblePressures = 0...350

  private var dialect = Dialect()
  private var phase = CuffPhase.idle
  /// Whether a determination of ours may be running that nobody has told us the end of.
  private var mayBeWorking = false
  /// The last result, to know it again.
  private var lastResult: Determination?

  private var times: CuffTimes { Dialect.times }

  var nextDeadline: Instant? { phase.nextDeadline }

  mutating func obey(_ order: CuffOrder, at instant: Instant, emit: Emit) {
    switch (order, phase) {
    case (.start, let phase) where phase.isFree:
      start(at: instant, emit: emit)
    case (.start, _):
      break
    case (.abort, .idle):
      // Nothing of ours is running, but the one who asks may see a cuff that is.
      deflate(reporting: nil, at: instant, emit: emit)
    case (.abort, .deflating):
      send(.abort, at: instant, emit: emit)
    case (.abort, _):
      deflate(reporting: .aborted, at: instant, emit: emit)
    }
  }

  mutating func open(at instant: Instant, emit: Emit) {
    close(at: instant, emit: emit)
    if mayBeWorking { deflate(reporting: nil, at: instant, emit: emit) }
  }

  mutating func close(at instant: Instant, emit: Emit) {
    switch phase {
    case .idle: break
    case .deflating(let deflation):
      // Nobody has said that it stopped.
      let isSure = deflation.outcome != .aborted
      end(isSure ? deflation.outcome : .failed(.connectionLost), at: instant, emit: emit)
    case .starting, .measuring, .fetching:
      if case .fetching(let fetch) = phase, let outcome = dialect.outcomeAtHand {
        accept(outcome, isInferred: fetch.isInferred, at: instant, emit: emit)
      } else {
        end(.failed(.connectionLost), at: instant, emit: emit)
      }
    }
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant, emit: Emit
  ) {
    guard !isInDoubt, let signal = dialect.hear(frame) else { return }
    switch phase {
    case .idle: hearWhileIdle(signal, at: instant, emit: emit)
    case .starting(let start): hear(signal, while: start, at: instant, emit: emit)
    case .measuring(var work):
      work.noteSpeech(at: instant, times: times)
      hear(signal, while: work, at: instant, emit: emit)
    case .fetching(let fetch): hear(signal, while: fetch, at: instant, emit: emit)
    case .deflating(let deflation): hear(signal, while: deflation, at: instant, emit: emit)
    }
  }

  mutating func fire(at instant: Instant, emit: Emit) {
    switch phase {
    case .idle: break
    case .starting(var start):
      if start.giveUpAt <= instant {
        // The answer may have been lost and not the order: leave no cuff inflating unwatched.
        giveUp(.noAnswer, at: instant, emit: emit)
      } else {
        start.pollAt = times.pollEvery.map { instant + $0 }
        phase = .starting(start)
        send(.poll, at: instant, emit: emit)
      }
    case .measuring(let work): fire(work, at: instant, emit: emit)
    case .fetching(var fetch):
      if fetch.giveUpAt > instant {
        fetch.askAt = instant + times.fetchEvery
        phase = .fetching(fetch)
        send(.result, at: instant, emit: emit)
      } else if let outcome = dialect.outcomeAtHand {
        accept(outcome, isInferred: fetch.isInferred, at: instant, emit: emit)
      } else {
        giveUp(.connectionLost, at: instant, emit: emit)
      }
    case .deflating(var deflation):
      if deflation.giveUpAt > instant {
        deflation.againAt = instant + times.abortEvery
        phase = .deflating(deflation)
        send(.abort, at: instant, emit: emit)
      } else {
        // Told often enough, if this was for a cuff that we had lost before.
        if deflation.outcome == nil { mayBeWorking = deflation.isStillWorking }
        end(deflation.outcome, at: instant, emit: emit)
      }
    }
  }

  private mutating func fire(_ work: CuffPhase.Work, at instant: Instant, emit: Emit) {
    var work = work
    if work.timeOutAt <= instant {
      giveUp(.timeOut, at: instant, emit: emit)
    } else if work.deadAt <= instant {
      giveUp(.connectionLost, at: instant, emit: emit)
    } else if let askAt = work.askAt, askAt <= instant {
      fetch(after: work, isInferred: true, at: instant, emit: emit)
    } else {
      work.pollAt = times.pollEvery.map { instant + $0 }
      phase = .measuring(work)
      send(.poll, at: instant, emit: emit)
    }
  }
}

/// What each signal means in each phase.
extension CuffConversation {
  private mutating func hearWhileIdle(_ signal: CuffSignal, at instant: Instant, emit: Emit) {
    switch signal {
    case .begun:
      // Only a start of ours can be answered so, and we gave that one up.
      mayBeWorking = true
      deflate(reporting: nil, at: instant, emit: emit)
    case .working where mayBeWorking:
      deflate(reporting: nil, at: instant, emit: emit)
    case .aborted, .done, .halted:
      mayBeWorking = false
    default:
      // Whatever this is, we did not ask for it.
      break
    }
  }

  private mutating func hear(
    _ signal: CuffSignal, while start: CuffPhase.Start, at instant: Instant, emit: Emit
  ) {
    switch signal {
    case .begun:
      begin(at: instant, emit: emit)
    case .working(let pressure):
      begin(at: instant, emit: emit)
      show(pressure, at: instant, emit: emit)
    case .busy:
      refuse(.permission, start, at: instant, emit: emit)
    case .refused(let failure):
      refuse(failure, start, at: instant, emit: emit)
    case .halted:
      refuse(.noAnswer, start, at: instant, emit: emit)
    default:
      // The end of something earlier; a pressure or a result we did not ask for.
      break
    }
  }

  private mutating func hear(
    _ signal: CuffSignal, while work: CuffPhase.Work, at instant: Instant, emit: Emit
  ) {
    var work = work
    phase = .measuring(work)
    switch signal {
    case .pressure(let pressure):
      guard show(pressure, at: instant, emit: emit) else { break }
      let isFlat = work.notePressure(pressure, at: instant, times: times)
      phase = .measuring(work)
      if isFlat { fetch(after: work, isInferred: true, at: instant, emit: emit) }
    case .working(let pressure):
      show(pressure, at: instant, emit: emit)
    case .done:
      mayBeWorking = false
      fetch(after: work, isInferred: false, at: instant, emit: emit)
    case .failed(let failure):
      mayBeWorking = false
      end(.failed(failure), at: instant, emit: emit)
    case .aborted:
      // Stopped at the device itself.
      mayBeWorking = false
      end(.aborted, at: instant, emit: emit)
    case .halted:
      giveUp(.hardware, at: instant, emit: emit)
    case .begun, .refused, .busy, .noNews, .outcome:
      break
    }
  }

  private mutating func hear(
    _ signal: CuffSignal, while fetch: CuffPhase.Fetch, at instant: Instant, emit: Emit
  ) {
    switch signal {
    case .outcome(let outcome):
      accept(outcome, isInferred: fetch.isInferred, at: instant, emit: emit)
    case .working(let pressure):
      goOn(fetch.work, at: instant)
      show(pressure, at: instant, emit: emit)
    case .busy where fetch.isInferred:
      goOn(fetch.work, at: instant)
    case .done:
      var fetch = fetch
      fetch.isInferred = false
      phase = .fetching(fetch)
    case .halted:
      giveUp(.hardware, at: instant, emit: emit)
    default:
      // It is asked again.
      break
    }
  }

  private mutating func hear(
    _ signal: CuffSignal, while deflation: CuffPhase.Deflation, at instant: Instant, emit: Emit
  ) {
    switch signal {
    case .aborted, .done, .halted:
      mayBeWorking = false
      end(deflation.outcome, at: instant, emit: emit)
    case .begun, .working:
      var deflation = deflation
      deflation.isStillWorking = true
      phase = .deflating(deflation)
    default: break
    }
  }
}

/// The steps from one phase to the next.
extension CuffConversation {
  private mutating func start(at instant: Instant, emit: Emit) {
    dialect.begin()
    phase = .starting(
      CuffPhase.Start(
        giveUpAt: instant + times.answerWithin,
        pollAt: times.pollsForAnswer ? times.pollEvery.map { instant + $0 } : nil,
        isSecond: mayBeWorking))
    mayBeWorking = true
    send(.start, at: instant, emit: emit)
  }

  private mutating func begin(at instant: Instant, emit: Emit) {
    phase = .measuring(CuffPhase.Work(begunAt: instant, times: times))
    emit(instant, .determination(.inflating))
  }

  /// Ends a start that was not taken.
  private mutating func refuse(
    _ failure: DeterminationFailure, _ start: CuffPhase.Start, at instant: Instant, emit: Emit
  ) {
    guard !start.isSecond else { return giveUp(failure, at: instant, emit: emit) }
    // What runs is not ours to read or to end.
    mayBeWorking = false
    end(.failed(failure), at: instant, emit: emit)
  }

  private mutating func fetch(
    after work: CuffPhase.Work, isInferred: Bool, at instant: Instant, emit: Emit
  ) {
    phase = .fetching(
      CuffPhase.Fetch(
        askAt: instant + times.fetchEvery, giveUpAt: instant + times.fetchWithin, work: work,
        isInferred: isInferred))
    send(.result, at: instant, emit: emit)
  }

  /// It was not over.
  private mutating func goOn(_ work: CuffPhase.Work, at instant: Instant) {
    var work = work
    work.noteSpeech(at: instant, times: times)
    work.pollAt = times.pollEvery.map { instant + $0 }
    work.flatSince = nil
    mayBeWorking = true
    phase = .measuring(work)
  }

  /// Takes what came out.
  private mutating func accept(
    _ outcome: Determination, isInferred: Bool, at instant: Instant, emit: Emit
  ) {
    mayBeWorking = false
    guard case .result = outcome else { return end(outcome, at: instant, emit: emit) }
    // Where nobody said that it is over, the same four numbers again are the old ones.
    let isOld = isInferred && outcome == lastResult
    lastResult = outcome
    end(isOld ? .failed(.connectionLost) : outcome, at: instant, emit: emit)
  }

  /// Ends what we can no longer follow, and deflates the cuff.
  private mutating func giveUp(
    _ failure: DeterminationFailure, at instant: Instant, emit: Emit
  ) {
    deflate(reporting: .failed(failure), at: instant, emit: emit)
  }

  private mutating func deflate(
    reporting outcome: Determination?, at instant: Instant, emit: Emit
  ) {
    phase = .deflating(
      CuffPhase.Deflation(
        outcome: outcome, againAt: instant + times.abortEvery,
        giveUpAt: instant + times.abortWithin))
    send(.abort, at: instant, emit: emit)
  }

  private mutating func end(_ outcome: Determination?, at instant: Instant, emit: Emit) {
    phase = .idle
    if let outcome { emit(instant, .determination(outcome)) }
  }

  /// Shows the pressure in the cuff, and returns whether it can be one.
  @discardableResult
  private func show(_ pressure: Int?, at instant: Instant, emit: Emit) -> Bool {
    guard let pressure, possiblePressures.contains(pressure) else { return false }
    emit(instant, .determination(.cuffPressure(mmHg: pressure)))
    return true
  }

  private func send(_ request: CuffRequest, at instant: Instant, emit: Emit) {
    emit(instant, .send(Dialect.bytes(of: request)))
  }
}
