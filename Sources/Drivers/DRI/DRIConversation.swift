import Vitals

/// The driver of `dri`.
struct DRIDriver: FramedDriver {
  var line = FramedLine(DRIConversation(isListener: false))
}

/// Reads what a monitor said, without having asked: for files and for recognising a line.
struct DRIListener: FramedDriver {
  var line = FramedLine(DRIConversation(isListener: true))
}

/// Asks for a record every 5 s, and asks again when they cease to come.
struct DRIConversation: Conversation {
  typealias Cut = DRIFraming

  private static let request = DRIRequest(intervalSeconds: 5)
  private static let silence = Duration.milliseconds(7500)
  private static let eagerTries = 10
  private static let patience = Duration.seconds(15)

  private let isListener: Bool
  /// When to ask, unless a record comes first; `nil` while the line is closed.
  private var askAt: Instant?
  /// Times we asked since a record last came.
  private var tries = 0
  /// The last record, with its time: the same one again holds no new numbers.
  private var last: [UInt8] = []
  private var standing: StandingPressure

  /// A listener asks for nothing and takes the first pressure it hears of for a new one.
  init(isListener: Bool) {
    self.isListener = isListener
    standing = StandingPressure(reportsFirst: isListener)
  }

  var nextDeadline: Instant? { askAt }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self(isListener: isListener)
    guard !isListener else { return }
    ask(at: instant, emit: emit)
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = Self(isListener: isListener)
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    ask(at: instant, emit: emit)
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let bytes = DRIFrame.record(in: frame), bytes != last,
      let record = DRIRecord(bytes.span)
    else { return }
    last = bytes
    if askAt != nil { (askAt, tries) = (instant + Self.silence, 0) }
    emit(instant, .oximetry(record.reading))
    if let rate = record.respiration { emit(instant, .respiration(rate)) }
    if let pressure = standing.look(record.shownPressure) {
      emit(instant, .determination(pressure.determination))
    }
  }

  private mutating func ask(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    tries += 1
    askAt = instant + (tries <= Self.eagerTries ? Self.silence : Self.patience)
    emit(instant, .send(Self.request.encoded))
  }
}
