import Vitals
import Ward

/// Reads the lines that recordings are made of, `+0.016 7/ox < 01 e0 85` and the same with `>`.
///
/// An hour has more than 200 000 of them, so they are read byte by byte. Only what ``WireText``
/// would write is read here; for every other line, right or wrong, the answer is `nil`, and
/// ``WireText/parse(_:)`` decides.
struct DeviceLineReader {
  /// Device positions met so far; a recording has a few.
  private var slots: [(name: [UInt8], slot: Slot)] = []

  mutating func read(_ line: Substring) -> (Instant, WireText.Entry)? {
    let view = line.utf8
    let text = view.span
    var place = 0
    guard let at = Self.instant(text, &place), let slot = slot(text, &place),
      place + 2 < text.count, text[place + 1] == UInt8(ascii: " ")
    else { return nil }
    let mark = text[place]
    guard let bytes = Self.bytes(text, from: place + 2) else { return nil }
    switch mark {
    case UInt8(ascii: "<"): return (at, .input(.bytes(slot, bytes)))
    case UInt8(ascii: ">"): return (at, .sent(slot, bytes))
    default: return nil
    }
  }

  /// A sign, one to nine digits, three decimals, a space.
  private static func instant(_ text: Span<UInt8>, _ place: inout Int) -> Instant? {
    guard !text.isEmpty else { return nil }
    let isNegative = text[0] == UInt8(ascii: "-")
    guard isNegative || text[0] == UInt8(ascii: "+") else { return nil }
    place = 1
    guard let seconds = number(text, &place, digits: 1...9), place < text.count,
      text[place] == UInt8(ascii: ".")
    else { return nil }
    place += 1
    guard let milliseconds = number(text, &place, digits: 3...3), place < text.count,
      text[place] == UInt8(ascii: " ")
    else { return nil }
    place += 1
    let total = seconds * 1000 + milliseconds
    return .milliseconds(isNegative ? -total : total)
  }

  private static func number(
    _ text: Span<UInt8>, _ place: inout Int, digits: ClosedRange<Int>
  ) -> Int64? {
    var value: Int64 = 0
    var count = 0
    while place < text.count, case let digit = text[place] &- 48, digit < 10 {
      guard count < digits.upperBound else { return nil }
      value = value * 10 + Int64(digit)
      count += 1
      place += 1
    }
    return count >= digits.lowerBound ? value : nil
  }

  /// The name up to the next space.
  private mutating func slot(_ text: Span<UInt8>, _ place: inout Int) -> Slot? {
    let start = place
    while place < text.count, text[place] != UInt8(ascii: " ") { place += 1 }
    let name = text.extracting(start..<place)
    place += 1
    for known in slots where Self.isSame(known.name.span, name) { return known.slot }
    var bytes: [UInt8] = []
    for index in name.indices { bytes.append(name[index]) }
    guard let slot = try? WireText.slot(Substring(decoding: bytes, as: UTF8.self)) else {
      return nil
    }
    slots.append((bytes, slot))
    return slot
  }

  private static func isSame(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices where a[index] != b[index] { return false }
    return true
  }

  /// Pairs of small hexadecimal digits with one space between them, to the end of the line.
  private static func bytes(_ text: Span<UInt8>, from start: Int) -> [UInt8]? {
    guard (text.count - start) % 3 == 2 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity((text.count - start + 1) / 3)
    for place in stride(from: start, to: text.count, by: 3) {
      guard let high = digit(text[place]), let low = digit(text[place + 1]),
        place + 2 == text.count || text[place + 2] == UInt8(ascii: " ")
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
