import Vitals

/// Reads the memory of a `contec-5`.
struct FiveByteDownload: FramedDriver {
  var line = FramedLine(FiveByteDownloadConversation())
}

/// Asks for the one recording, reads it, and brings the live data back.
///
/// The device tells the hour and the minute of its start and no date, so its seconds are stored in
/// their order and without a time.
struct FiveByteDownloadConversation: Conversation {
  typealias Cut = FiveByteMemoryFraming

  /// Stops the live data and starts the recording.
  static let download: [UInt8] = [0xF5, 0xF5]
  /// Stops the recording and starts the live data.
  static let resumeLive: [UInt8] = [0xF6, 0xF6, 0xF6]

  private enum Phase {
    case closed
    /// The recording was asked for; so many of its three starts have come.
    case beginning(starts: Int)
    case reading
    /// Live data was asked for: for good, or to ask for the recording again.
    case resuming(isForGood: Bool, triesLeft: Int)
    case done
  }

  private static let answerWithin = Duration.seconds(1)
  private static let tries = 3

  private var phase = Phase.closed
  private var giveUpAt: Instant?
  /// Times the recording may yet be asked for while its length is unknown.
  private var triesLeft = Self.tries - 1
  /// The recording, once its length is known.
  private var transfer: StoredTransfer?
  private var isDamaged = false

  var nextDeadline: Instant? { giveUpAt }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self()
    askForMemory(at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self()
  }

  mutating func losePlace() { isDamaged = true }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    if let live = FiveByteFrame(frame) {
      tell(live, at: instant, emit: emit)
      if case .resuming(let isForGood, _) = phase {
        resume(isForGood: isForGood, at: instant, emit: emit)
      }
    } else {
      hear(FiveByteGroup(frame), at: instant, emit: emit)
    }
  }

  /// A live frame right behind damage is in doubt.
  private mutating func tell(
    _ live: FiveByteFrame, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    guard isDamaged else {
      return emit(instant, .oximetry(FiveByteDialect.contec.reading(of: live)))
    }
    switch phase {
    case .resuming, .done, .closed: isDamaged = false
    case .beginning, .reading: break
    }
  }

  private mutating func hear(
    _ group: FiveByteGroup?, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch (phase, group) {
    case (.beginning(0), .start):
      // What was damaged before was the live data.
      isDamaged = false
      wait(.beginning(starts: 1), at: instant)
    case (.beginning(let starts), .start):
      wait(.beginning(starts: starts + 1), at: instant)
    case (.beginning(3), .length(let bytes)) where !isDamaged:
      if transfer == nil {
        transfer = StoredTransfer(bytes: bytes, bytesPerSecond: 3, start: nil)
      }
      wait(.reading, at: instant)
    case (.reading, .second(let second)) where !isDamaged:
      transfer?.take(second.reading, storedBytes: 3, at: instant, emit: emit)
      wait(.reading, at: instant)
      if transfer?.isComplete == true { askForLive(isForGood: true, at: instant, emit: emit) }
    case (.beginning(1...), _), (.reading, _):
      readAgain(at: instant, emit: emit)
    case (.closed, _), (.beginning, _), (.resuming, _), (.done, _):
      break
    }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch phase {
    case .closed, .done: giveUpAt = nil
    case .beginning, .reading: readAgain(at: instant, emit: emit)
    case .resuming(let isForGood, let triesLeft) where triesLeft > 0:
      wait(.resuming(isForGood: isForGood, triesLeft: triesLeft - 1), at: instant)
      emit(instant, .send(Self.resumeLive))
    case .resuming(let isForGood, _): resume(isForGood: isForGood, at: instant, emit: emit)
    }
  }

  private mutating func wait(_ phase: Phase, at instant: Instant) {
    self.phase = phase
    giveUpAt = instant + Self.answerWithin
  }

  private mutating func askForMemory(
    at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    wait(.beginning(starts: 0), at: instant)
    emit(instant, .send(Self.download))
  }

  private mutating func askForLive(
    isForGood: Bool, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    wait(.resuming(isForGood: isForGood, triesLeft: Self.tries - 1), at: instant)
    emit(instant, .send(Self.resumeLive))
  }

  /// Live data is back, or will not come.
  private mutating func resume(
    isForGood: Bool, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    if isForGood {
      phase = .done
      giveUpAt = nil
    } else {
      askForMemory(at: instant, emit: emit)
    }
  }

  /// Stops the recording, to read it from its start unless that was tried often enough.
  private mutating func readAgain(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    let mayTryAgain: Bool
    if transfer == nil {
      mayTryAgain = triesLeft > 0
      triesLeft -= 1
    } else {
      mayTryAgain = transfer?.rewind() == true
    }
    askForLive(isForGood: !mayTryAgain, at: instant, emit: emit)
  }
}
