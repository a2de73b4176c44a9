/// Messages that the line has not taken yet, oldest first, at most ``capacity`` bytes.
///
/// A message goes in whole or not at all: half a command is worse than none. Borders are kept,
/// since a hidraw node takes one report a write.
struct WriteBuffer: Sendable {
  /// In bytes.
  static let capacity = 4096
  private var messages: [ArraySlice<UInt8>] = []
  private(set) var count = 0

  var isEmpty: Bool { messages.isEmpty }
  var next: ArraySlice<UInt8>? { messages.first }

  /// False, and nothing added, when there is no room for all of `message`.
  mutating func append(_ message: [UInt8]) -> Bool {
    guard !message.isEmpty else { return true }
    guard count + message.count <= Self.capacity else { return false }
    messages.append(message[...])
    count += message.count
    return true
  }

  /// The line took `taken` bytes of ``next``.
  mutating func took(_ taken: Int) {
    count -= taken
    messages[0] = messages[0].dropFirst(taken)
    if messages[0].isEmpty { messages.removeFirst() }
  }

  mutating func clear() { self = WriteBuffer() }
}
