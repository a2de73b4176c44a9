import Vitals

/// The driver of `intellivue`.
struct IntelliVueDriver: FramedDriver {
  var line = FramedLine(IntelliVueConversation())
}

/// The dialogue with a monitor: an association, then a poll a second, which also keeps it alive.
struct IntelliVueConversation: Conversation {
  typealias Cut = IntelliVueFraming

  private enum Phase {
    case closed
    /// A client that crashed may have left the monitor associated: it is released first.
    case releasing(until: Instant)
    case associating(giveUpAt: Instant)
    case resting
    case polling(Polling)
  }

  /// An association that stands.
  private struct Polling {
    var pollAt: Instant
    /// When it counts as lost, unless an answer to a poll comes first.
    var lostAt: Instant
    /// The polls that may still be answered: an answer to an earlier one holds old numbers.
    var awaited: [UInt16] = []
  }

  private static let releaseWithin = Duration.milliseconds(500)
  private static let acceptWithin = Duration.seconds(3)
  private static let pollEvery = Duration.seconds(1)
  private static let silence = Duration.seconds(5)
  private static let retryEvery = Duration.seconds(5)

  private var phase = Phase.closed
  /// When to try for an association again, if this try fails.
  private var retryAt = Instant.zero
  private var pollNumber: UInt16 = 0
  private var series = IntelliVueSeries()
  private var standing = StandingPressure()

  var nextDeadline: Instant? {
    switch phase {
    case .closed: nil
    case .releasing(let until): until
    case .associating(let giveUpAt): giveUpAt
    case .resting: retryAt
    case .polling(let polling): min(polling.pollAt, polling.lostAt)
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    begin(at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    // The line is gone, and with it the chance to release; the next one to open it does.
    phase = .closed
  }

  mutating func losePlace() { series.losePlace() }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch phase {
    case .closed: break
    case .releasing: associate(at: instant, emit: emit)
    case .associating: rest(at: instant, emit: emit)
    case .resting: begin(at: instant, emit: emit)
    case .polling(let polling):
      if polling.lostAt <= instant {
        begin(at: instant, emit: emit)
      } else {
        poll(polling, at: instant, emit: emit)
      }
    }
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let payload = IntelliVueFrame.payload(of: frame) else { return }
    let message = IntelliVueMessage(payload.span)
    switch (phase, message) {
    case (.releasing, .released):
      associate(at: instant, emit: emit)
    case (.associating, .accepted):
      settle(pollAt: instant + Self.pollEvery, at: instant)
    case (.associating, .refused), (.associating, .aborted):
      rest(at: instant, emit: emit)
    case (.polling, .aborted):
      rest(at: instant, emit: emit)
    case (.associating, .event(let event)), (.polling, .event(let event)):
      // Whoever reports events has accepted, even if we did not hear it say so.
      confirm(event, at: instant, emit: emit)
    case (.polling(let polling), .result(let result)) where polling.awaited.contains(result.invoke):
      take(result, polling, at: instant, emit: emit)
    default:
      break
    }
  }

  /// Begins a try for an association.
  private mutating func begin(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    retryAt = instant + Self.retryEvery
    series = IntelliVueSeries()
    standing.reset()
    phase = .releasing(until: instant + Self.releaseWithin)
    send(.release, at: instant, emit: emit)
  }

  private mutating func associate(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    phase = .associating(giveUpAt: instant + Self.acceptWithin)
    send(.associate, at: instant, emit: emit)
  }

  /// Waits for the next try, which may be due already.
  private mutating func rest(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    phase = .resting
    if retryAt <= instant { begin(at: instant, emit: emit) }
  }

  /// The association stands; the first poll waits for the monitor to say who it is.
  private mutating func settle(pollAt: Instant, at instant: Instant) {
    phase = .polling(Polling(pollAt: pollAt, lostAt: instant + Self.silence))
  }

  private mutating func confirm(
    _ event: IntelliVueEvent, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    send(.confirm(invoke: event.invoke, type: event.type), at: instant, emit: emit)
    guard event.type == IntelliVueEvent.mdsCreated else { return }
    if let model = event.modelName { emit(instant, .identified(DeviceIdentity(model: model))) }
    switch phase {
    case .polling(let polling) where !polling.awaited.isEmpty: break
    default:
      settle(pollAt: instant + Self.pollEvery, at: instant)
      if case .polling(let polling) = phase { poll(polling, at: instant, emit: emit) }
    }
  }

  private mutating func poll(
    _ polling: Polling, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    pollNumber &+= 1
    var polling = polling
    polling.awaited = polling.awaited.suffix(1) + [pollNumber]
    polling.pollAt = instant + Self.pollEvery
    phase = .polling(polling)
    send(.poll(number: pollNumber), at: instant, emit: emit)
  }

  private mutating func take(
    _ result: IntelliVueResult, _ polling: Polling, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    var polling = polling
    polling.lostAt = instant + Self.silence
    if result.link == nil { polling.awaited.removeAll { $0 == result.invoke } }
    phase = .polling(polling)
    guard let numerics = series.take(result) else { return }
    // A monitor without a word on SpO2 has no sensor plugged in.
    let reading = numerics.oximetry ?? OximeterReading(status: .sensorDisconnected)
    emit(instant, .oximetry(reading))
    if let rate = numerics.respiration { emit(instant, .respiration(rate)) }
    if let pressure = standing.look(numerics.pressure) {
      emit(instant, .determination(pressure.determination))
    }
  }

  private func send(
    _ request: IntelliVueRequest, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    emit(instant, .send(request.encoded))
  }
}
