import Vitals

/// The driver of `phdc`: a manager of IEEE 11073-20601 for oximeters (10404) and blood-pressure
/// monitors (10407).
struct PHDCDriver: FramedDriver {
  var line = FramedLine(PHDCManager())
}

/// Reads what an agent said, without having associated with it: for files and for recognising a
/// line.
struct PHDCListener: FramedDriver {
  var line = FramedLine(PHDCHearsay())
}

/// Every report at face value, by whatever configuration was last heard.
struct PHDCHearsay: Conversation {
  typealias Cut = PHDCFraming

  private var reader = PHDCReader(.assumed)

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch PHDCMessage(frame) {
    case .associationRequest(let request):
      reader = PHDCReader(PHDCConfiguration.standard(request.configurationID) ?? .assumed)
    case .event(_, let event):
      if event.type == PHDCEvent.configuration {
        if let heard = PHDCConfiguration(event.info, frame) { reader = PHDCReader(heard) }
      } else {
        reader.read(event, frame, at: instant, emit: emit)
      }
    case .answer(let call) where call.service == .getReply:
      guard let identity = PHDCIdentity(call.body, frame) else { return }
      emit(instant, .identified(identity.device))
    case .answer, .request, .releaseRequest, .abort, .other, nil: return
    }
  }
}
