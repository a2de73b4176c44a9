/// How a manager answers an agent that wants to associate.
enum PHDCAssociationResult: UInt16 {
  case accepted = 0
  case rejectedPermanently = 1
  case acceptedWithUnknownConfiguration = 3
  case noCommonProtocol = 4
  case noCommonParameter = 5
  case unsupportedVersion = 8
}

/// An agent's wish to associate (AARQ).
struct PHDCAssociationRequest {
  private static let protocol20601: UInt16 = 0x5079

  /// What the request deserves.
  private(set) var result = PHDCAssociationResult.noCommonProtocol
  private(set) var configurationID: UInt16 = 0

  /// Reads the body of an APDU.
  init?(_ body: PHDCFields, _ bytes: Span<UInt8>) {
    var body = body
    guard let version = body.u32(bytes), let protocols = body.list(bytes) else { return nil }
    guard version & 0x8000_0000 != 0 else {
      result = .unsupportedVersion
      return
    }
    var information: PHDCFields?
    _ = protocols.read { element in
      guard let (id, value) = element.attribute(bytes) else { return false }
      if id == Self.protocol20601, information == nil { information = value }
      return true
    }
    if let information { judge(information, bytes) }
  }

  /// Judges what the agent says of itself.
  private mutating func judge(_ information: PHDCFields, _ bytes: Span<UInt8>) {
    var fields = information
    guard let version = fields.u32(bytes), let encoding = fields.u16(bytes),
      let nomenclature = fields.u32(bytes), fields.u32(bytes) != nil,
      let systemType = fields.u32(bytes), fields.octets(bytes) != nil,
      let configurationID = fields.u16(bytes)
    else {
      result = .noCommonParameter
      return
    }
    // Version 1, medical device encoding rules, nomenclature 1.
    guard version & 0x8000_0000 != 0, encoding & 0x8000 != 0, nomenclature & 0x8000_0000 != 0
    else {
      result = .noCommonParameter
      return
    }
    self.configurationID = configurationID
    let isAgent = systemType & 0x0080_0000 != 0
    result = isAgent ? Self.result(for: configurationID) : .rejectedPermanently
  }

  private static func result(for configurationID: UInt16) -> PHDCAssociationResult {
    if PHDCConfiguration.standard(configurationID) != nil { return .accepted }
    switch configurationID {
    // Oximeters' and cuffs' own ranges of standard configurations, and those of the devices.
    case 0x0190..<0x01F4, 0x02BC..<0x0320, 0x4000...0x7FFF:
      return .acceptedWithUnknownConfiguration
    // Another kind of device.
    default: return .rejectedPermanently
    }
  }

  /// The whole APDU on the wire.
  static func encode(systemID: [UInt8], configurationID: UInt16) -> [UInt8] {
    // Version 1 of 20601; MDER, XER not; nomenclature 1; no functional units; an agent.
    var information: [UInt8] = [
      0x80, 0, 0, 0, 0x80, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0,
    ]
    information.append(octets: systemID)
    information.append(u16: Int(configurationID))
    // One data request at a time, begun by the agent; no options.
    information += [0, 1, 1, 1, 0, 0, 0, 0]
    var element = [UInt8](u16: Int(protocol20601))
    element.append(octets: information)
    var body: [UInt8] = [0x80, 0, 0, 0]
    body.append(list: [element])
    var apdu = [PHDCChoice.associationRequest.rawValue, 0]
    apdu.append(octets: body)
    return apdu
  }

  /// A manager's answer (AARE), with what it is and can do.
  static func answer(_ result: PHDCAssociationResult) -> [UInt8] {
    var apdu: [UInt8] = [PHDCChoice.associationResponse.rawValue, 0, 0x00, 0x2C]
    apdu.append(u16: Int(result.rawValue))
    apdu.append(u16: Int(protocol20601))
    // Version 1, MDER, nomenclature 1, no functional units, a manager.
    apdu.append(octets: [
      0x80, 0, 0, 0, 0x80, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0,
      // Its name: that of the standard's examples, since nobody has given us one of our own.
      0x00, 0x08, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88,
      // No configuration, no data requests, no options.
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ])
    return apdu
  }
}

/// APDUs of one code.
enum PHDCEnding {
  static let releaseRequest: [UInt8] = [PHDCChoice.releaseRequest.rawValue, 0, 0, 2, 0, 0]
  static let releaseResponse: [UInt8] = [PHDCChoice.releaseResponse.rawValue, 0, 0, 2, 0, 0]

  enum Reason: UInt8 {
    case undefined, bufferOverflow, responseTimeOut, configurationTimeOut
  }

  static func abort(_ reason: Reason) -> [UInt8] {
    [PHDCChoice.abort.rawValue, 0, 0, 2, 0, reason.rawValue]
  }
}
