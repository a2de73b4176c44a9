import Vitals

/// Bit 7 only in the first of five bytes.
enum FiveByteLayout: SyncLayout {
  static func length(startingWith first: UInt8) -> Int { first >= 0x80 ? 5 : 0 }
  static func isBody(_ byte: UInt8) -> Bool { byte < 0x80 }
}

/// The driver of `contec-5` and `bci`.
struct FiveByteDriver: FramedDriver {
  var line: FramedLine<FiveByteConversation>

  init(dialect: FiveByteDialect) { line = FramedLine(FiveByteConversation(dialect: dialect)) }
}

/// Reads the 5-byte stream; one decoder for both dialects.
struct FiveByteConversation: Conversation {
  typealias Cut = SyncFraming<FiveByteLayout>

  let dialect: FiveByteDialect

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard !isInDoubt, let frame = FiveByteFrame(frame) else { return }
    emit(instant, .oximetry(dialect.reading(of: frame)))
  }
}
