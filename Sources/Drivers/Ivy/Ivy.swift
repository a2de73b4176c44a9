import Vitals

/// The driver of `ivy`.
struct IvyDriver: FramedDriver {
  var line = FramedLine(IvyConversation(standing: StandingPressure()))
}

/// Reads Ansar-B at face value: for files and for recognising a line.
///
/// Never bound to a chair, since to it a pressure of an hour ago is as good as a new one.
struct IvyListener: FramedDriver {
  var line = FramedLine(IvyConversation(standing: StandingPressure(reportsFirst: true)))
}

/// Reads Ansar-B; nothing is ever asked.
struct IvyConversation: Conversation {
  typealias Cut = IvyFraming

  /// Silence after which what is shown may have come meanwhile.
  private static let memory = Duration.seconds(5)
  /// No pulse changes by so much from one second to the next; a number that lost its first digit,
  /// or got one too many, does.
  private static let impossibleJump = 90

  private var standing: StandingPressure
  /// What the frame before showed.
  private var shown: ShownPressure?
  private var pulseRate: Int?
  private var heardAt: Instant?

  init(standing: StandingPressure) { self.standing = standing }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) { forget() }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) { forget() }

  mutating func read(
    _ bytes: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let frame = IvyFrame(bytes) else { return }
    if let heardAt, instant - heardAt > Self.memory { forget() }
    heardAt = instant
    emit(instant, .oximetry(isCredible(frame) ? frame.reading : frame.withoutNumbers.reading))
    pulseRate = frame.pulseRate
    guard let new = newPressure(frame.pressure.map(ShownPressure.init)) else { return }
    emit(instant, .determination(new.determination))
  }

  private func isCredible(_ frame: IvyFrame) -> Bool {
    guard let before = pulseRate, let now = frame.pulseRate else { return true }
    return abs(now - before) < Self.impossibleJump
  }

  /// A pressure that was not there before, once two frames have said it.
  ///
  /// One frame alone may have lost a digit of it; and it is repeated every second anyhow.
  private mutating func newPressure(_ now: ShownPressure?) -> ShownPressure? {
    defer { shown = now }
    return now == shown ? standing.look(now) : nil
  }

  private mutating func forget() {
    standing.reset()
    (shown, pulseRate, heardAt) = (nil, nil, nil)
  }
}

extension ShownPressure {
  fileprivate init(_ pressure: IvyFrame.Pressure) {
    self.init(
      systolic: pressure.systolic, diastolic: pressure.diastolic, mean: pressure.mean,
      pulseRate: pressure.pulseRate.flatMap { PulseRate(perMinute: $0) })
  }
}

extension IvyFrame {
  fileprivate var withoutNumbers: IvyFrame {
    var frame = self
    (frame.saturation, frame.pulseRate) = (nil, nil)
    return frame
  }
}
