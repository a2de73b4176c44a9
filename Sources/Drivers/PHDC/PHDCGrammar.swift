/// Whether an APDU's lengths and counts agree down to the last one: the stand-in for a checksum.
enum PHDCGrammar {
  static func holds(_ choice: PHDCChoice, _ body: PHDCFields, _ bytes: Span<UInt8>) -> Bool {
    switch choice {
    case .releaseRequest, .releaseResponse, .abort: true
    case .associationRequest: holdsRequest(body, bytes)
    case .associationResponse: holdsResponse(body, bytes)
    case .data: PHDCCall(body, bytes).map { holds($0, bytes) } ?? false
    }
  }

  private static func holdsRequest(_ body: PHDCFields, _ bytes: Span<UInt8>) -> Bool {
    var body = body
    guard body.u32(bytes) != nil, let protocols = body.list(bytes), body.isAtEnd else {
      return false
    }
    return protocols.read { $0.attribute(bytes) != nil }
  }

  private static func holdsResponse(_ body: PHDCFields, _ bytes: Span<UInt8>) -> Bool {
    var body = body
    return body.u16(bytes) != nil && body.attribute(bytes) != nil && body.isAtEnd
  }

  private static func holds(_ call: PHDCCall, _ bytes: Span<UInt8>) -> Bool {
    switch call.service {
    case .event, .confirmedEvent:
      PHDCEvent(call.body, bytes).map { holds($0, bytes) } ?? false
    case .eventReply: PHDCEvent(call.body, bytes) != nil
    case .getReply, .setReply: holdsAttributes(call.body, bytes)
    case .get, .set, .confirmedSet, .action, .confirmedAction, .actionReply, .error, .reject: true
    }
  }

  private static func holds(_ event: PHDCEvent, _ bytes: Span<UInt8>) -> Bool {
    if event.type == PHDCEvent.configuration {
      return PHDCConfiguration.walk(event.info, bytes) { _, _, _ in }
    }
    guard let form = PHDCScanForm(eventType: event.type) else { return true }
    return form.walk(event.info, bytes) { _ in }
  }

  private static func holdsAttributes(_ body: PHDCFields, _ bytes: Span<UInt8>) -> Bool {
    var body = body
    guard body.u16(bytes) != nil, let list = body.list(bytes), body.isAtEnd else { return false }
    return list.read { $0.attribute(bytes) != nil }
  }
}
