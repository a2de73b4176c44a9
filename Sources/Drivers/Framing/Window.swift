import Vitals

/// The bytes a framer carries from one chunk to the next: never more than ``capacity``.
protocol CarriedBytes: Sendable {
  /// Room for the longest frame of the protocol and what must follow it to confirm it.
  static var capacity: Int { get }

  var count: Int { get }

  init()

  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result
  /// Appends what fits of `chunk` from `start` on and returns how much that was.
  @discardableResult
  mutating func append(_ chunk: Span<UInt8>, from start: Int) -> Int
  mutating func removeFirst(_ removed: Int)
  mutating func removeAll()
}

/// Carries short frames, in place.
struct Window: CarriedBytes {
  /// The longest short frame (SunTech, 67 bytes) and a byte of the next one.
  static let capacity = 72

  /// The first ``count`` of these are carried.
  private var storage = [72 of UInt8](repeating: 0)
  private(set) var count = 0

  init() {}

  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    body(storage.span.extracting(first: count))
  }

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

/// How long a protocol's frames can get.
protocol FrameLimit: Sendable {
  static var longest: Int { get }
}

/// Carries long frames, on the heap: room for the longest is taken once, with the first byte.
struct LongWindow<Limit: FrameLimit>: CarriedBytes {
  static var capacity: Int { Limit.longest }

  private var storage: [UInt8] = []

  init() {}

  var count: Int { storage.count }

  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(storage.span) }

  @discardableResult
  mutating func append(_ chunk: Span<UInt8>, from start: Int) -> Int {
    let taken = min(Self.capacity - count, chunk.count - start)
    guard taken > 0 else { return 0 }
    storage.reserveCapacity(Self.capacity)
    for index in start..<start + taken { storage.append(chunk[index]) }
    return taken
  }

  mutating func removeFirst(_ removed: Int) { storage.removeFirst(removed) }

  mutating func removeAll() { storage.removeAll(keepingCapacity: true) }
}
