import Vitals

/// Reads what a SunTech module said, without having asked: for files and for recognising a line.
///
/// Never bound to a chair, since to it a result of an hour ago is as good as a new one.
struct SunTechListener: FramedDriver {
  var line = FramedLine(SunTechHearsay())
}

/// Every reply at face value.
struct SunTechHearsay: Conversation {
  typealias Cut = SunTechFraming

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch SunTechReply(frame) {
    case .letter(.begun): emit(instant, .determination(.inflating))
    case .letter(.aborted): emit(instant, .determination(.aborted))
    case .cuffPressure(let pressure):
      emit(instant, .determination(.cuffPressure(mmHg: pressure)))
    case .result(let result): emit(instant, .determination(result.determination))
    case .letter, nil: break
    }
  }
}
