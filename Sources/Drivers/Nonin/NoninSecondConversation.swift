import Vitals

/// The driver of `nonin-1`.
struct Nonin1Driver: FramedDriver {
  var line = FramedLine(Nonin1Conversation())
}

/// The driver of `nonin-8`.
struct Nonin8Driver: FramedDriver {
  var line = FramedLine(Nonin8Conversation())
}

/// Reads Nonin's format 1; a jumper of the device sets it, so there is nothing to say.
struct Nonin1Conversation: Conversation {
  typealias Cut = SyncFraming<Nonin1Layout>

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard !isInDoubt, let second = NoninSecond(frame) else { return }
    emit(instant, .oximetry(second.reading))
  }
}

/// Reads Nonin's format 8, and selects it where need be.
struct Nonin8Conversation: NoninConversation {
  typealias Format = Nonin8Layout

  var selection = NoninSelection(format: Format.format)

  mutating func readFrame(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard !isInDoubt, let second = NoninSecond(frame) else { return }
    emit(instant, .oximetry(second.reading))
  }
}
