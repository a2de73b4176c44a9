/// What we say to a monitor: payloads of frames.
public enum IntelliVueRequest: Hashable, Sendable {
  /// The constant of `protocols.md` 3.1.
  case associate
  /// Ends the association, if there is one.
  case release
  /// All numerics, all their attributes, once; also keeps the association alive.
  case poll(number: UInt16)
  /// The monitor's event of this type has reached us.
  case confirm(invoke: UInt16, type: UInt16)

  /// The whole frame on the wire.
  public var encoded: [UInt8] { IntelliVueFrame.encode(payload) }

  var payload: [UInt8] {
    switch self {
    case .associate: Self.associationRequest
    case .release: Self.releaseRequest
    case .poll(let number): Self.poll(number)
    case .confirm(let invoke, let type): Self.confirmation(invoke, type)
    }
  }

  private static func poll(_ number: UInt16) -> [UInt8] {
    var bytes = words(0xE100, 2, IntelliVueMessage.Operation.invoke, 28)
    bytes += words(number, IntelliVueMessage.Command.action, 22)
    // The MDS, no scope, the action and its length.
    bytes += words(0x0021, 0, 0, 0, 0, IntelliVueResult.singlePoll, 8)
    // Poll number, object type numerics in the partition of objects, all attributes.
    return bytes + words(number, 1, 6, 0)
  }

  private static func confirmation(_ invoke: UInt16, _ type: UInt16) -> [UInt8] {
    var bytes = words(0xE100, 2, IntelliVueMessage.Operation.result, 20)
    bytes += words(invoke, IntelliVueMessage.Command.confirmedEvent, 14)
    // The MDS, no time, the event and nothing about it.
    return bytes + words(0x0021, 0, 0, 0, 0, type, 0)
  }

  /// The host's half of the association: protocol versions, sizes (2500 bytes to us, 1000 from us),
  /// at most a poll every 312 ms, extended polls.
  private static let associationRequest: [UInt8] =
    words(
      0x0DEC, 0x0508, 0x1301, 0x0016, 0x0102, 0x8000, 0x1402, 0x0002, 0xC1DC, 0x3180, 0xA080,
      0x8001, 0x0100, 0x00A2, 0x80A0, 0x0300, 0x0001, 0xA480, 0x3080, 0x0201, 0x0106, 0x0452,
      0x0100, 0x0130, 0x8006, 0x0251, 0x0100, 0x0000, 0x0030, 0x8002, 0x0102, 0x060C, 0x2A86,
      0x48CE, 0x1402, 0x0100, 0x0000, 0x0101, 0x3080, 0x060C, 0x2A86, 0x48CE, 0x1402, 0x0100,
      0x0000, 0x0201, 0x0000, 0x0000, 0x0000, 0x6180, 0x3080, 0x0201, 0x01A0, 0x8060, 0x80A1,
      0x8006, 0x0C2A, 0x8648, 0xCE14, 0x0201, 0x0000, 0x0003, 0x0100, 0x00BE, 0x8028, 0x8006,
      0x0C2A, 0x8648, 0xCE14, 0x0201, 0x0000, 0x0001, 0x0102, 0x0102, 0x8148, 0x8000, 0x0000,
      0x4000, 0x0000, 0x0000, 0x0000, 0x8000, 0x0000, 0x2000, 0x0000, 0x0000, 0x0000, 0x0001,
      0x002C, 0x0001, 0x0028, 0x8000, 0x0000, 0x0000, 0x09C4, 0x0000, 0x09C4, 0x0000, 0x03E8,
      0xFFFF, 0xFFFF, 0x6000, 0x0000, 0x0001, 0x000C, 0xF001, 0x0008, 0x8C00, 0x0000, 0x0000,
      0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000)

  private static let releaseRequest: [UInt8] = words(
    0x0918, 0xC116, 0x6180, 0x3080, 0x0201, 0x01A0, 0x8062, 0x8080, 0x0100, 0x0000, 0x0000, 0x0000,
    0x0000)

  /// 16-bit words, most significant byte first.
  static func words(_ words: UInt16...) -> [UInt8] {
    words.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
  }
}
