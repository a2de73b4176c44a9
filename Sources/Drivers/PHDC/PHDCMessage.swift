/// What an APDU says to a manager.
enum PHDCMessage {
  case associationRequest(PHDCAssociationRequest)
  case releaseRequest
  case abort
  case event(PHDCCall, PHDCEvent)
  /// The answer to a request of ours.
  case answer(PHDCCall)
  /// A request that only a manager makes.
  case request(PHDCCall)
  /// An answer to an association or to a release, which we never ask for.
  case other

  /// Reads a frame of ``PHDCFraming``.
  init?(_ frame: Span<UInt8>) {
    guard frame.count >= PHDCFraming.headerLength, let choice = PHDCChoice(frame, at: 0) else {
      return nil
    }
    let body = PHDCFields(PHDCFraming.headerLength..<frame.count)
    switch choice {
    case .associationRequest:
      guard let request = PHDCAssociationRequest(body, frame) else { return nil }
      self = .associationRequest(request)
    case .associationResponse, .releaseResponse: self = .other
    case .releaseRequest: self = .releaseRequest
    case .abort: self = .abort
    case .data:
      guard let call = PHDCCall(body, frame) else { return nil }
      switch call.service {
      case .event, .confirmedEvent:
        guard let event = PHDCEvent(call.body, frame) else { return nil }
        self = .event(call, event)
      case .get, .set, .confirmedSet, .action, .confirmedAction: self = .request(call)
      case .eventReply, .getReply, .setReply, .actionReply, .error, .reject: self = .answer(call)
      }
    }
  }
}
