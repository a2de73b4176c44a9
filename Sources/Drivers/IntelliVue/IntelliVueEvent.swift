import Vitals

/// An event that the monitor wants to have confirmed; the first of an association says who it is.
public struct IntelliVueEvent: Hashable, Sendable {
  /// To be echoed.
  public let invoke: UInt16
  /// What happened; to be echoed as well.
  public let type: UInt16
  /// Manufacturer and model, where the event is the creation of the MDS.
  public let modelName: String?

  static let mdsCreated: UInt16 = 0x0D06

  /// Reads `invoke command length object time type length …`.
  init?(_ content: Span<UInt8>) {
    guard let invoke: UInt16 = content.bigEndian(at: 0),
      content.bigEndian(at: 2) == IntelliVueMessage.Command.confirmedEvent,
      let type: UInt16 = content.bigEndian(at: 16)
    else { return nil }
    self.invoke = invoke
    self.type = type
    var name: String?
    // Behind the type: a length, and the object once more.
    var position = 26
    if type == Self.mdsCreated {
      let isSound = IntelliVueAttributes.walk(content, from: &position) { id, value in
        if id == IntelliVueAttributes.systemModel { name = IntelliVueAttributes.modelName(value) }
      }
      if !isSound { name = nil }
    }
    modelName = name
  }
}
