/// The bytes a framer carries from one chunk to the next, in place.
struct Window: Sendable {
  /// The longest frame of any protocol (SunTech, 67 bytes) and a byte of the next one.
  static let capacity = 72

  /// The first ``count`` of these are carried. (A property cannot hand out a part of a span yet.)
  private(set) var storage = [72 of UInt8](repeating: 0)
  private(set) var count = 0

  /// Appends what fits of `chunk` from `start` on and returns how much that was.
  @discardableResult
  mutating func append(_ chunk: Span<UInt8>, from start: Int) -> Int {
    let taken = min(Self.capacity - count, chunk.count - start)
    for offset in 0..<taken { storage[count + offset] = chunk[start + offset] }
    count += taken
    return taken
  }

  mutating func removeFirst(_ removed: Int) {
    guard removed > 0 else { return }
    for index in removed..<count { storage[index - removed] = storage[index] }
    count -= removed
  }

  mutating func removeAll() { count = 0 }
}
