import Vitals

/// The driver of `contec08a`.
struct Contec08ADriver: FramedDriver {
  var line = FramedLine(Contec08AConversation())
}

/// Reads records at face value: for files and for recognising a line.
struct Contec08AListener: FramedDriver {
  var line = FramedLine(Contec08AHearsay())
}

/// Every record that says something certain.
struct Contec08AHearsay: Conversation {
  typealias Cut = Contec08AFraming

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard case .record(let record) = Contec08AReport(frame), let reading = record.reading else {
      return
    }
    emit(instant, .stored(reading))
  }
}

/// Reads out the memory of all three users as soon as the line is open, and every minute again:
/// each record is reported once per connection.
///
/// Nothing here can start a measurement; the protocol has no command for it.
struct Contec08AConversation: Conversation {
  typealias Cut = Contec08AFraming

  private enum Phase {
    case idle
    /// Sending the greeting; so many parts of it are out.
    case greeting(sent: Int, nextAt: Instant)
    case awaitingIdentity(giveUpAt: Instant)
    case downloading(Download)
    case resting(until: Instant)
  }

  private struct Download {
    var user: Int
    /// Records still to come; `nil` before the header.
    var remaining: Int?
    var giveUpAt: Instant
  }

  private static let greeting: [Contec08ACommand] = [.hello, .hello, .greet]
  private static let pace = Duration.milliseconds(100)
  private static let answerWithin = Duration.seconds(2)
  private static let users = 3
  /// Until the next read-out, after a good one and after none.
  private static let period = Duration.seconds(60)
  private static let patience = Duration.seconds(10)

  private var phase = Phase.idle
  private var stored = StoredOnce()

  var nextDeadline: Instant? {
    switch phase {
    case .idle: nil
    case .greeting(_, let nextAt): nextAt
    case .awaitingIdentity(let giveUpAt): giveUpAt
    case .downloading(let download): download.giveUpAt
    case .resting(let until): until
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    stored = StoredOnce()
    greet(sent: 0, at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    phase = .idle
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let report = Contec08AReport(frame) else { return }
    switch (phase, report) {
    case (.awaitingIdentity, .identity):
      emit(instant, .identified(DeviceIdentity(model: "08A")))
      download(user: 0, at: instant, emit: emit)
    case (.downloading, .ready(isOn: false)):
      phase = .resting(until: instant + Self.patience)
    case (.downloading(var download), .ready(isOn: true)):
      download.giveUpAt = instant + Self.answerWithin
      phase = .downloading(download)
    case (.downloading(var download), .header(let records, _)):
      download.remaining = records
      goOn(download, at: instant, emit: emit)
    case (.downloading(var download), .record(let record)):
      if let reading = record.reading, stored.isNew(reading) { emit(instant, .stored(reading)) }
      download.remaining = download.remaining.map { $0 - 1 }
      goOn(download, at: instant, emit: emit)
    default:
      // Nothing that we asked for.
      break
    }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch phase {
    case .idle: break
    case .greeting(let sent, _): greet(sent: sent, at: instant, emit: emit)
    case .awaitingIdentity: phase = .resting(until: instant + Self.patience)
    case .downloading(let download):
      // A report was lost, or this user has no memory.
      self.download(user: download.user + 1, at: instant, emit: emit)
    case .resting: greet(sent: 0, at: instant, emit: emit)
    }
  }

  private mutating func greet(
    sent: Int, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    emit(instant, .send(Self.greeting[sent].encoded))
    phase =
      sent + 1 < Self.greeting.count
      ? .greeting(sent: sent + 1, nextAt: instant + Self.pace)
      : .awaitingIdentity(giveUpAt: instant + Self.answerWithin)
  }

  private mutating func download(
    user: Int, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    guard user < Self.users else {
      phase = .resting(until: instant + Self.period)
      return
    }
    emit(instant, .send(Contec08ACommand.download(user: user).encoded))
    phase = .downloading(
      Download(user: user, remaining: nil, giveUpAt: instant + Self.answerWithin))
  }

  /// Waits for the next record, or turns to the next user behind the last.
  private mutating func goOn(
    _ download: Download, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    if let remaining = download.remaining, remaining <= 0 {
      self.download(user: download.user + 1, at: instant, emit: emit)
    } else {
      var download = download
      download.giveUpAt = instant + Self.answerWithin
      phase = .downloading(download)
    }
  }
}
