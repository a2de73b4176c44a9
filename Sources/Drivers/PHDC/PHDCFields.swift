/// A place in an APDU, and where the part of it that is being read ends.
///
/// Everything is big endian. A field that is not all there is `nil`, and nothing is read past the
/// part's end, whatever lengths and counts the device has written.
struct PHDCFields {
  private(set) var next: Int
  private let end: Int

  init(_ range: Range<Int>) {
    next = range.lowerBound
    end = range.upperBound
  }

  var count: Int { end - next }
  var isAtEnd: Bool { next == end }

  mutating func u8(_ bytes: Span<UInt8>) -> UInt8? {
    guard count >= 1 else { return nil }
    defer { next += 1 }
    return bytes[next]
  }

  mutating func u16(_ bytes: Span<UInt8>) -> UInt16? {
    guard count >= 2 else { return nil }
    defer { next += 2 }
    return bytes.bigEndian(at: next)
  }

  mutating func u32(_ bytes: Span<UInt8>) -> UInt32? {
    guard count >= 4 else { return nil }
    defer { next += 4 }
    return bytes.bigEndian(at: next)
  }

  /// The next so many bytes, as a part of their own.
  mutating func part(_ length: Int) -> PHDCFields? {
    guard count >= length else { return nil }
    defer { next += length }
    return PHDCFields(next..<next + length)
  }

  /// A length and so many bytes.
  mutating func octets(_ bytes: Span<UInt8>) -> PHDCFields? {
    u16(bytes).flatMap { part(Int($0)) }
  }

  /// A count, a length, and so many bytes of elements.
  mutating func list(_ bytes: Span<UInt8>) -> PHDCList? {
    guard let count = u16(bytes), let elements = octets(bytes) else { return nil }
    return PHDCList(count: Int(count), elements: elements)
  }

  /// One entry of an attribute list: what it is, and its value.
  mutating func attribute(_ bytes: Span<UInt8>) -> (id: UInt16, value: PHDCFields)? {
    guard let id = u16(bytes), let value = octets(bytes) else { return nil }
    return (id, value)
  }
}

/// A counted list of elements; whether the count is true shows when they are read.
struct PHDCList {
  let count: Int
  let elements: PHDCFields

  /// Reads one element after the other; false unless as many as were counted fill the list.
  ///
  /// No element is empty, so that a false count ends with the bytes and not with the count.
  func read(_ element: (inout PHDCFields) -> Bool) -> Bool {
    var rest = elements
    for _ in 0..<count {
      let before = rest.count
      guard element(&rest), rest.count < before else { return false }
    }
    return rest.isAtEnd
  }
}

/// What APDUs are written with.
extension [UInt8] {
  mutating func append(u16 value: Int) {
    append(bigEndian: UInt16(truncatingIfNeeded: value))
  }

  /// A length and the bytes.
  mutating func append(octets: [UInt8]) {
    append(u16: octets.count)
    append(contentsOf: octets)
  }

  /// A count, a length, and the elements.
  mutating func append(list: [[UInt8]]) {
    append(u16: list.count)
    append(octets: list.flatMap(\.self))
  }

  /// One entry of an attribute list.
  init(attribute: PHDCAttribute, _ value: [UInt8]) {
    self.init()
    append(u16: Int(attribute.rawValue))
    append(octets: value)
  }

  init(u16 value: Int) {
    self.init()
    append(u16: value)
  }
}
