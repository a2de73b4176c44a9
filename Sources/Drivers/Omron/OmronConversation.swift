import Vitals

/// The driver of `omron-790it`.
struct OmronDriver: FramedDriver {
  var line = FramedLine(OmronConversation())
}

/// Reads readings at face value: for files and for recognising a line.
struct OmronListener: FramedDriver {
  var line = FramedLine(OmronHearsay())
}

/// Every reading, whoever asked for it.
struct OmronHearsay: Conversation {
  typealias Cut = OmronFraming

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard case .data(let data) = OmronReply(frame), let reading = OmronReading(data)?.reading else {
      return
    }
    emit(instant, .stored(reading))
  }
}

/// Reads out the memory of all three users once, as soon as the line is open.
///
/// Once only: at the end the device powers down, and to wake it again could disturb somebody who is
/// being measured. No command here starts a measurement; the protocol has none.
struct OmronConversation: Conversation {
  typealias Cut = OmronFraming

  private enum Phase {
    case idle
    case waking(OmronMode, Attempt)
    case asking(OmronCommand, Attempt)
    /// The device does not answer; a while later from the beginning.
    case resting(until: Instant)
  }

  private struct Attempt {
    var number: Int
    var againAt: Instant
  }

  private static let wakeEvery = Duration.milliseconds(300)
  private static let wakeTries = 20
  private static let answerWithin = Duration.seconds(1)
  /// After "NO".
  private static let pause = Duration.milliseconds(100)
  private static let askTries = 8
  private static let patience = Duration.seconds(30)
  private static let banks = 3
  /// More than any such device keeps for a user; a count beyond it is noise.
  private static let mostReadings = 200

  private var phase = Phase.idle
  private var identity = DeviceIdentity()
  private var stored = StoredOnce()

  var nextDeadline: Instant? {
    switch phase {
    case .idle: nil
    case .waking(_, let attempt), .asking(_, let attempt): attempt.againAt
    case .resting(let until): until
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    stored = StoredOnce()
    wake(.identity, at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    phase = .idle
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let reply = OmronReply(frame) else { return }
    switch (phase, reply) {
    case (.waking(.identity, _), .ok): ask(.version, at: instant, emit: emit)
    case (.waking(.daily, _), .ok): ask(.count(bank: 0), at: instant, emit: emit)
    case (.asking(let command, var attempt), .again):
      attempt.againAt = instant + Self.pause
      phase = .asking(command, attempt)
    case (.asking(.end, _), .off): phase = .idle
    case (.asking(let command, _), .data(let data)) where data.count == command.answerLength:
      take(data, answering: command, at: instant, emit: emit)
    default:
      // An answer to something else, or too late.
      break
    }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch phase {
    case .idle: break
    case .waking(let mode, let attempt):
      guard attempt.number < Self.wakeTries else { return rest(at: instant) }
      sendZeros(mode, attempt.number + 1, at: instant, emit: emit)
    case .asking(let command, let attempt):
      guard attempt.number >= Self.askTries else {
        return ask(command, attempt.number + 1, at: instant, emit: emit)
      }
      giveUp(command, at: instant, emit: emit)
    case .resting: wake(.identity, at: instant, emit: emit)
    }
  }

  private mutating func take(
    _ data: [UInt8], answering command: OmronCommand, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch command {
    case .version:
      let words = String(decoding: data, as: UTF8.self).split(separator: " ")
      identity.model = words.first.map(String.init)
      identity.firmware = words.dropFirst().first.map(String.init)
      ask(.profile, at: instant, emit: emit)
    case .profile:
      ask(.serial, at: instant, emit: emit)
    case .serial:
      identity.serial = data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      emit(instant, .identified(identity))
      wake(.daily, at: instant, emit: emit)
    case .count(let bank):
      let count = Int(data[2]) << 8 | Int(data[3])
      guard count <= Self.mostReadings else { return }
      // The oldest first, as the vendor's program does.
      ask(after: bank, index: count, at: instant, emit: emit)
    case .reading(let bank, let index):
      if let reading = OmronReading(data)?.reading, stored.isNew(reading) {
        emit(instant, .stored(reading))
      }
      ask(after: bank, index: index, at: instant, emit: emit)
    case .end: break
    }
  }

  /// The next newer reading, the next user, or the end.
  private mutating func ask(
    after bank: Int, index: Int, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    if index > 0 {
      ask(.reading(bank: bank, index: index - 1), at: instant, emit: emit)
    } else if bank + 1 < Self.banks {
      ask(.count(bank: bank + 1), at: instant, emit: emit)
    } else {
      ask(.end, at: instant, emit: emit)
    }
  }

  /// Leaves out what the device will not answer.
  private mutating func giveUp(
    _ command: OmronCommand, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch command {
    case .version, .profile, .serial: rest(at: instant)
    case .count(let bank): ask(after: bank, index: 0, at: instant, emit: emit)
    case .reading(let bank, let index): ask(after: bank, index: index, at: instant, emit: emit)
    case .end: phase = .idle
    }
  }

  private mutating func rest(at instant: Instant) {
    phase = .resting(until: instant + Self.patience)
  }

  private mutating func wake(
    _ mode: OmronMode, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    emit(instant, .sendFeature(mode.feature))
    sendZeros(mode, 1, at: instant, emit: emit)
  }

  private mutating func sendZeros(
    _ mode: OmronMode, _ number: Int, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    for report in OmronCommand.zeros { emit(instant, .send(report)) }
    phase = .waking(mode, Attempt(number: number, againAt: instant + Self.wakeEvery))
  }

  private mutating func ask(
    _ command: OmronCommand, _ number: Int = 1, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    for report in command.encoded { emit(instant, .send(report)) }
    phase = .asking(command, Attempt(number: number, againAt: instant + Self.answerWithin))
  }
}
