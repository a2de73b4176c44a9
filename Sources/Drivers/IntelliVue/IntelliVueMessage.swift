import Vitals

/// What a monitor says (`protocols.md` 3.1).
public enum IntelliVueMessage: Hashable, Sendable {
  /// The association stands.
  case accepted
  /// The monitor will not associate, at least not now.
  case refused
  /// The association has ended, as we asked.
  case released
  /// The monitor has ended the association.
  case aborted
  /// Something happened, and the monitor waits for our confirmation.
  case event(IntelliVueEvent)
  /// The answer to a poll, or a part of it.
  case result(IntelliVueResult)
  /// Nothing that concerns us.
  case other

  /// Reads what a frame carries.
  public init(_ payload: Span<UInt8>) {
    switch payload.isEmpty ? 0 : payload[0] {
    case Session.accept: self = .accepted
    case Session.refuse: self = .refused
    case Session.disconnect: self = .released
    case Session.abort: self = .aborted
    case Session.data: self = Self.data(payload)
    default: self = .other
    }
  }

  /// First bytes of a message.
  enum Session {
    static let connect: UInt8 = 0x0D
    static let accept: UInt8 = 0x0E
    static let refuse: UInt8 = 0x0C
    static let finish: UInt8 = 0x09
    static let disconnect: UInt8 = 0x0A
    static let abort: UInt8 = 0x19
    static let data: UInt8 = 0xE1
    /// In front of everything that is said within an association.
    static let dataHeader: UInt32 = 0xE100_0002
  }

  /// Kinds of remote operation.
  enum Operation {
    static let invoke: UInt16 = 1
    static let result: UInt16 = 2
    static let linkedResult: UInt16 = 5
  }

  enum Command {
    static let confirmedEvent: UInt16 = 1
    static let action: UInt16 = 7
  }

  private static func data(_ payload: Span<UInt8>) -> IntelliVueMessage {
    guard payload.bigEndian(at: 0) == Session.dataHeader,
      let operation: UInt16 = payload.bigEndian(at: 4),
      let length: UInt16 = payload.bigEndian(at: 6), payload.count == 8 + Int(length)
    else { return .other }
    let content = payload.extracting(8...)
    switch operation {
    case Operation.invoke:
      return IntelliVueEvent(content).map(IntelliVueMessage.event) ?? .other
    case Operation.result:
      return IntelliVueResult(content, link: nil).map(IntelliVueMessage.result) ?? .other
    case Operation.linkedResult:
      guard content.count >= 2 else { return .other }
      let link = IntelliVueResult.Link(state: content[0], count: content[1])
      return IntelliVueResult(content.extracting(2...), link: link)
        .map(IntelliVueMessage.result) ?? .other
    default: return .other
    }
  }
}
