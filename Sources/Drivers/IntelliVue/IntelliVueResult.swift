import Vitals

/// One frame of the answer to a poll, or all of it.
public struct IntelliVueResult: Hashable, Sendable {
  /// The invoke id of the poll.
  public let invoke: UInt16
  /// `nil` for a result by itself, and for what closes a row of linked ones.
  public let link: Link?
  /// What concerns us of its numbers.
  public let numerics: IntelliVueNumerics

  /// The place in a row of linked results.
  public struct Link: Hashable, Sendable {
    /// 1 for the first, 2 for the next, 3 for the last.
    public let state: UInt8
    /// From 1 on.
    public let count: UInt8

    /// Creates a place.
    public init(state: UInt8, count: UInt8) { (self.state, self.count) = (state, count) }

    var isFirst: Bool { state == 1 }
    var isLast: Bool { state == 3 }
  }

  static let singlePoll: UInt16 = 0x0C16
  static let extendedPoll: UInt16 = 0xF13B

  /// Reads `invoke command length object action length …`; `nil` for what is no poll result, and
  /// where counts and lengths contradict each other.
  init?(_ content: Span<UInt8>, link: Link?) {
    guard let invoke: UInt16 = content.bigEndian(at: 0),
      content.bigEndian(at: 2) == IntelliVueMessage.Command.action,
      let length: UInt16 = content.bigEndian(at: 4), content.count == 6 + Int(length),
      let action: UInt16 = content.bigEndian(at: 12),
      let rest: UInt16 = content.bigEndian(at: 14), content.count == 16 + Int(rest)
    else { return nil }
    // Poll number, times, object type and attribute group; a sequence number in an extended one.
    var position: Int
    switch action {
    case Self.singlePoll: position = 16 + 20
    case Self.extendedPoll: position = 16 + 22
    default: return nil
    }
    var numerics = IntelliVueNumerics()
    guard Self.contexts(content, from: &position, into: &numerics), position == content.count
    else { return nil }
    self.invoke = invoke
    self.link = link
    self.numerics = numerics
  }

  /// Contexts, their observations, and the attributes of each.
  private static func contexts(
    _ bytes: Span<UInt8>, from position: inout Int, into numerics: inout IntelliVueNumerics
  ) -> Bool {
    guard let contexts: UInt16 = bytes.bigEndian(at: position),
      let length: UInt16 = bytes.bigEndian(at: position + 2),
      position + 4 + Int(length) == bytes.count
    else { return false }
    position += 4
    for _ in 0..<contexts {
      guard let observations: UInt16 = bytes.bigEndian(at: position + 2),
        let length: UInt16 = bytes.bigEndian(at: position + 4)
      else { return false }
      let end = position + 6 + Int(length)
      guard end <= bytes.count else { return false }
      position += 6
      for _ in 0..<observations {
        // Each begins with a handle.
        position += 2
        guard IntelliVueAttributes.numerics(bytes, from: &position, into: &numerics),
          position <= end
        else { return false }
      }
      guard position == end else { return false }
    }
    return true
  }
}
