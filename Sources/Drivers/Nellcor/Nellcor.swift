import Vitals

/// The driver of `nellcor`.
struct NellcorDriver: FramedDriver {
  var line = FramedLine(NellcorConversation())
}

/// Lines that end in CR LF: readings, and headings between them.
enum NellcorLayout: LineLayout {
  /// The longest line known has 83 bytes.
  static var longest: Int { 160 }
  static var end: UInt8 { UInt8(ascii: "\n") }

  static func accepts(_ line: Span<UInt8>) -> Bool {
    NellcorLine(line) != nil || NellcorHeader(line) != nil
  }
}

/// Reads the real-time text, and wakes a device that was told to pause.
///
/// The device obeys XOFF, and a single wrong byte on the line can be one: it would be silent for
/// ever. So when readings stop, it is sent XON, which does nothing to a device that is not paused;
/// but only when this line has brought a reading since it was opened.
struct NellcorConversation: Conversation {
  typealias Cut = LineFraming<NellcorLayout>

  private static let resume: [UInt8] = [0x11]
  private static let silenceAllowed = Duration.seconds(6)
  /// Pauses between the first try and the next ones.
  private static let retry = (first: Duration.seconds(60), longest: Duration.seconds(960))

  /// When silence has lasted too long; `nil` before the first reading.
  private(set) var nextDeadline: Instant?
  private var pause = retry.first
  /// What the device was last reported to be.
  private var identity: DeviceIdentity?

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = NellcorConversation()
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    self = NellcorConversation()
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    if let line = NellcorLine(frame) {
      nextDeadline = instant + Self.silenceAllowed
      pause = Self.retry.first
      emit(instant, .oximetry(line.reading))
    } else if case .title(let model, let version) = NellcorHeader(frame) {
      let heard = DeviceIdentity(model: model, firmware: version)
      guard heard != identity else { return }
      identity = heard
      emit(instant, .identified(heard))
    }
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    nextDeadline = instant + pause
    pause = min(pause * 2, Self.retry.longest)
    emit(instant, .send(Self.resume))
  }
}
