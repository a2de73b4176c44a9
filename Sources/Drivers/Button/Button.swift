import Vitals

/// The driver of `button`.
struct ButtonDriver: FramedDriver {
  var line = FramedLine(ButtonConversation())
}

/// Any key going down is the patient's call: whoever wears an eye mask does not aim.
struct ButtonConversation: Conversation {
  typealias Cut = InputEventFraming

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    if InputEvent(frame)?.isPress == true { emit(instant, .called) }
  }
}

/// Plays a button under a patient's thumb: a foot switch, or the single key of a small keyboard.
struct ButtonSimulator: Simulator {
  /// `KEY_ENTER`, as most such buttons send.
  private static let key: UInt16 = 28
  /// How often it looks at the patient's hand.
  private static let period = Duration.milliseconds(100)

  private let patient: SimulatedPatient
  private var isDown = false
  private(set) var nextDeadline: Instant?

  init(patient: SimulatedPatient) { self.patient = patient }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let due = nextDeadline, due <= instant {
      nextDeadline = due + Self.period
      guard patient.presses(due) != isDown else { continue }
      isDown.toggle()
      let (seconds, rest) = due.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
      let events = [
        InputEvent(
          type: InputEvent.key, code: Self.key, value: isDown ? 1 : 0, seconds: max(0, seconds),
          microseconds: max(0, rest / 1000)),
        InputEvent(
          type: InputEvent.synchronisation, code: 0, value: 0, seconds: max(0, seconds),
          microseconds: max(0, rest / 1000)),
      ]
      emit(due, events.flatMap(\.encoded))
    }
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    guard case .opened = input else { return }
    (isDown, nextDeadline) = (false, instant)
    advance(to: instant, emit: emit)
  }
}
