public import Vitals
public import Ward

/// What reached the ward, packed for the flight recorder: every input in its order, device bytes
/// with about three bytes beside them.
///
/// Form, all numbers as variable-length integers (7 bits a byte, low first): version 1, the first
/// instant in milliseconds (zigzag), then for each input: milliseconds since the one before, the
/// slot (0 for a line of text, n for the n-th slot named in this block, one more than that for a
/// new slot whose name follows as length and text), and the payload as length and bytes. Text
/// payloads are recording lines.
public struct FlightLog: Sendable {
  private static let version: UInt8 = 1

  public private(set) var bytes: [UInt8] = []
  public private(set) var first: Instant?
  public private(set) var last: Instant?
  /// Numbers of the slots named in this block, from 1.
  private var numbers: [Slot: Int] = [:]

  public init() {}

  public var isEmpty: Bool { first == nil }

  /// Adds one input.
  ///
  /// Instants lie on the millisecond grid and never go back.
  public mutating func append(_ input: WardInput, at now: Instant) {
    if first == nil {
      first = now
      bytes.append(Self.version)
      put(UInt64(bitPattern: (now.milliseconds << 1) ^ (now.milliseconds >> 63)))
    }
    put(UInt64(now.milliseconds - (last ?? now).milliseconds))
    last = now
    guard case .bytes(let slot, let payload) = input else {
      let line = Self.line(input, at: now)
      put(0)
      put(UInt64(line.utf8.count))
      bytes.append(contentsOf: line.utf8)
      return
    }
    if let number = numbers[slot] {
      put(UInt64(number))
    } else {
      numbers[slot] = numbers.count + 1
      put(UInt64(numbers.count))
      let name = slot.description
      put(UInt64(name.utf8.count))
      bytes.append(contentsOf: name.utf8)
    }
    put(UInt64(payload.count))
    bytes.append(contentsOf: payload)
  }

  /// Starts a new block, keeping the room that this one took.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    (first, last) = (nil, nil)
  }

  private static func line(_ input: WardInput, at now: Instant) -> String {
    // A step is kept as such: the block does not know what the wall clock showed before.
    if case .wallClockStepped(let milliseconds) = input {
      return "\(Seconds.signed(now)) * ! wallStepMilliseconds=\(milliseconds)"
    }
    return WireText.line(input, at: now, wall: WallTime(milliseconds: 0))
  }

  private mutating func put(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Reads a block back.
  ///
  /// - Throws: a ``TextError`` that names the byte where the block stops making sense.
  public static func read(_ block: [UInt8]) throws(TextError) -> [(at: Instant, input: WardInput)] {
    var reader = Reader(block: block)
    guard try reader.byte() == version else {
      throw TextError("the flight record is of a version that this software does not know")
    }
    let packed = try reader.number()
    var milliseconds = try reader.time(
      Int64(bitPattern: packed >> 1) ^ -Int64(bitPattern: packed & 1))
    var slots: [Slot] = []
    var entries: [(at: Instant, input: WardInput)] = []
    while !reader.isAtEnd {
      milliseconds += try reader.time(Int64(clamping: try reader.number()))
      milliseconds = try reader.time(milliseconds)
      let at = Instant.milliseconds(milliseconds)
      let index = try reader.number()
      if index == 0 {
        let line = String(decoding: try reader.bytes(), as: UTF8.self)
        guard case (_, .input(let input)) = try WireText.parse(Substring(line)) else {
          throw TextError("byte \(reader.position): “\(line)” is no input")
        }
        entries.append((at, input))
        continue
      }
      if index == UInt64(slots.count) + 1 {
        let name = String(decoding: try reader.bytes(), as: UTF8.self)
        slots.append(try WireText.slot(Substring(name)))
      }
      guard index <= UInt64(slots.count) else {
        throw TextError("byte \(reader.position): slot \(index) was never named")
      }
      entries.append((at, .bytes(slots[Int(index) - 1], try reader.bytes())))
    }
    return entries
  }

  private struct Reader {
    let block: [UInt8]
    var position = 0

    var isAtEnd: Bool { position >= block.count }

    /// Refuses a time that no clock shows, before arithmetic overflows on it.
    func time(_ milliseconds: Int64) throws(TextError) -> Int64 {
      guard milliseconds.magnitude < 1_000_000_000_000 else {
        throw TextError("byte \(position): \(milliseconds) ms is no time of a recording")
      }
      return milliseconds
    }

    mutating func byte() throws(TextError) -> UInt8 {
      guard position < block.count else { throw TextError("the flight record breaks off") }
      defer { position += 1 }
      return block[position]
    }

    mutating func number() throws(TextError) -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        let next = try byte()
        value |= UInt64(next & 0x7f) << shift
        if next & 0x80 == 0 { return value }
      }
      throw TextError("byte \(position): a number does not end")
    }

    mutating func bytes() throws(TextError) -> [UInt8] {
      let count = try number()
      guard count <= UInt64(block.count - position) else {
        throw TextError("byte \(position): \(count) bytes are announced, the record breaks off")
      }
      defer { position += Int(count) }
      return Array(block[position..<position + Int(count)])
    }
  }
}
