/// What a data APDU asks for or answers.
enum PHDCService: UInt16 {
  case event = 0x0100
  case confirmedEvent = 0x0101
  case get = 0x0103
  case set = 0x0104
  case confirmedSet = 0x0105
  case action = 0x0106
  case confirmedAction = 0x0107
  case eventReply = 0x0201
  case getReply = 0x0203
  case setReply = 0x0205
  case actionReply = 0x0207
  case error = 0x0300
  case reject = 0x0400
}

/// A data APDU: a request under a number, or the answer to the request of that number.
struct PHDCCall {
  let invokeID: UInt16
  let service: PHDCService
  let body: PHDCFields

  /// Reads the body of an APDU.
  init?(_ apdu: PHDCFields, _ bytes: Span<UInt8>) {
    var apdu = apdu
    guard var octets = apdu.octets(bytes), apdu.isAtEnd, let invokeID = octets.u16(bytes),
      let service = octets.u16(bytes).flatMap(PHDCService.init(rawValue:)),
      let body = octets.octets(bytes), octets.isAtEnd
    else { return nil }
    self.invokeID = invokeID
    self.service = service
    self.body = body
  }

  /// The whole APDU on the wire.
  static func encode(_ service: PHDCService, invokeID: UInt16, _ body: [UInt8]) -> [UInt8] {
    var octets = [UInt8](u16: Int(invokeID))
    octets.append(u16: Int(service.rawValue))
    octets.append(octets: body)
    var apdu = [PHDCChoice.data.rawValue, 0]
    apdu.append(u16: octets.count + 2)
    apdu.append(octets: octets)
    return apdu
  }
}

/// What an agent reports: an event, or in the same form the manager's answer to one.
struct PHDCEvent {
  static let configuration: UInt16 = 0x0D1C

  /// The object it is about; 0 is the device itself.
  let handle: UInt16
  /// A relative time, FFFFFFFF when unknown.
  let time: UInt32
  let type: UInt16
  let info: PHDCFields

  /// Reads the body of a call.
  init?(_ call: PHDCFields, _ bytes: Span<UInt8>) {
    var call = call
    guard let handle = call.u16(bytes), let time = call.u32(bytes), let type = call.u16(bytes),
      let info = call.octets(bytes), call.isAtEnd
    else { return nil }
    self.handle = handle
    self.time = time
    self.type = type
    self.info = info
  }

  /// The body of a call.
  static func encode(
    handle: UInt16, time: UInt32, type: UInt16, _ info: [UInt8]
  ) -> [UInt8] {
    var body = [UInt8](u16: Int(handle))
    body.append(bigEndian: time)
    body.append(u16: Int(type))
    body.append(octets: info)
    return body
  }
}
