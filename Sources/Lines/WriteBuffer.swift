/// Messages that the line has not taken yet, oldest first, at most ``capacity`` bytes.
///
/// A message goes in whole or not at all: half a command is worse than none. Borders are kept,
/// since a hidraw node takes one report a write and a USB device one message a transfer.
struct WriteBuffer: Sendable {
  struct Message: Sendable {
    var bytes: ArraySlice<UInt8>
    /// A HID feature report, not an output report.
    let isFeature: Bool
  }

  /// In bytes.
  static let capacity = 4096
  private var messages: [Message] = []
  private(set) var count = 0

  var isEmpty: Bool { messages.isEmpty }
  var next: Message? { messages.first }

  /// False, and nothing added, when there is no room for all of `bytes`.
  mutating func append(_ bytes: [UInt8], isFeature: Bool = false) -> Bool {
    guard !bytes.isEmpty else { return true }
    guard count + bytes.count <= Self.capacity else { return false }
    messages.append(Message(bytes: bytes[...], isFeature: isFeature))
    count += bytes.count
    return true
  }

  /// The line took `taken` bytes of ``next``.
  mutating func took(_ taken: Int) {
    count -= taken
    messages[0].bytes = messages[0].bytes.dropFirst(taken)
    if messages[0].bytes.isEmpty { messages.removeFirst() }
  }

  mutating func clear() { self = WriteBuffer() }
}
