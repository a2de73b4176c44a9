/// What a monitor says, as payloads of frames: the other end of ``IntelliVueMessage``.
public enum IntelliVueEncoder {
  /// An object with its attributes.
  public struct Observation: Sendable {
    /// The monitor's number for the object.
    public var handle: UInt16
    /// What it measures: one value, or several that belong together.
    public var values: [IntelliVueValue]
    /// When it was measured, eight digits of BCD from the century on; `nil` for all but pressures.
    public var time: UInt64?

    /// Creates an observation of one value, or of several that belong together.
    public init(handle: UInt16, values: [IntelliVueValue], time: UInt64? = nil) {
      (self.handle, self.values, self.time) = (handle, values, time)
    }

    var encoded: [UInt8] {
      var attributes: [[UInt8]] = []
      if let time {
        var stamp: [UInt8] = []
        stamp.append(bigEndian: time)
        attributes.append(attribute(IntelliVueAttributes.timeStamp, stamp))
      }
      let content = values.flatMap(\.encoded)
      attributes.append(
        values.count == 1
          ? attribute(IntelliVueAttributes.value, content)
          : attribute(
            IntelliVueAttributes.compoundValue, list(count: values.count, content: content)))
      return IntelliVueRequest.words(handle)
        + list(count: attributes.count, content: attributes.flatMap(\.self))
    }
  }

  /// The answer to a request for an association.
  ///
  /// It and the next three are cut short behind the session part, all that a host must read.
  public static let accepted = [IntelliVueMessage.Session.accept] + session
  /// The other answer to it.
  public static let refused = [IntelliVueMessage.Session.refuse] + session
  /// The answer to a release.
  public static let released = [IntelliVueMessage.Session.disconnect] + session
  /// The word that the monitor has ended the association.
  public static let aborted = [IntelliVueMessage.Session.abort] + session
  private static let session: [UInt8] = [
    0x0E, 0x05, 0x08, 0x13, 0x01, 0x00, 0x16, 0x01, 0x02, 0x80, 0x00, 0x14, 0x02, 0x00, 0x02,
  ]

  /// The event that opens an association: who the monitor is.
  public static func mdsCreated(
    invoke: UInt16, manufacturer: String, model: String, time: UInt32
  ) -> [UInt8] {
    var name: [UInt8] = []
    for word in [manufacturer, model] {
      let text = Array(word.utf8) + [0]
      name.append(bigEndian: UInt16(truncatingIfNeeded: text.count))
      name += text
    }
    let attributes = list(
      count: 1, content: attribute(IntelliVueAttributes.systemModel, name))
    var content = IntelliVueRequest.words(0x0021, 0, 0)
    content.append(bigEndian: time)
    content += sized(IntelliVueEvent.mdsCreated, IntelliVueRequest.words(0x0021, 0, 0) + attributes)
    return operation(
      IntelliVueMessage.Operation.invoke,
      IntelliVueRequest.words(invoke) + sized(IntelliVueMessage.Command.confirmedEvent, content))
  }

  /// One frame of the answer to a single poll.
  ///
  /// `time` is in eighths of a millisecond. Behind the last linked one comes a plain one, as a rule
  /// without observations.
  public static func pollResult(
    _ number: UInt16, link: IntelliVueResult.Link? = nil, time: UInt32,
    _ observations: [Observation]
  ) -> [UInt8] {
    var content = IntelliVueRequest.words(number)
    content.append(bigEndian: time)
    content.append(bigEndian: UInt64.max)
    content += IntelliVueRequest.words(1, 6, 0)
    let context =
      IntelliVueRequest.words(1)
      + list(
        count: observations.count, content: observations.flatMap(\.encoded))
    content += observations.isEmpty ? list(count: 0, content: []) : list(count: 1, content: context)
    let result =
      IntelliVueRequest.words(number)
      + sized(
        IntelliVueMessage.Command.action,
        IntelliVueRequest.words(0x0021, 0, 0) + sized(IntelliVueResult.singlePoll, content))
    guard let link else { return operation(IntelliVueMessage.Operation.result, result) }
    return operation(
      IntelliVueMessage.Operation.linkedResult, [link.state, link.count] + result)
  }

  private static func operation(_ operation: UInt16, _ content: [UInt8]) -> [UInt8] {
    IntelliVueRequest.words(0xE100, 2) + sized(operation, content)
  }

  private static func attribute(_ id: UInt16, _ content: [UInt8]) -> [UInt8] { sized(id, content) }

  private static func list(count: Int, content: [UInt8]) -> [UInt8] {
    sized(UInt16(truncatingIfNeeded: count), content)
  }

  /// A word, the length of what follows, and that.
  private static func sized(_ word: UInt16, _ content: [UInt8]) -> [UInt8] {
    IntelliVueRequest.words(word, UInt16(truncatingIfNeeded: content.count)) + content
  }
}
