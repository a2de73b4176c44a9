import Vitals

/// The driver of `masimo-ascii1`.
struct MasimoDriver: FramedDriver {
  var line = FramedLine(MasimoConversation())
}

/// Lines that end in CR LF.
enum MasimoLayout: LineLayout {
  /// The longest line known has 191 bytes.
  static var longest: Int { 320 }
  static var end: UInt8 { UInt8(ascii: "\n") }

  static func accepts(_ line: Span<UInt8>) -> Bool { MasimoLine(line) != nil }
}

/// Reads ASCII 1; nothing is ever asked.
struct MasimoConversation: Conversation {
  typealias Cut = LineFraming<MasimoLayout>

  /// What the device was last reported to be.
  private var serial: String?

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) { serial = nil }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let line = MasimoLine(frame) else { return }
    if let heard = line.serial, heard != serial {
      serial = heard
      emit(instant, .identified(DeviceIdentity(serial: heard)))
    }
    emit(instant, .oximetry(line.reading))
  }
}
