import Vitals

/// The five characters that cut a message, as its first segment declares them.
struct HL7Separators: Sendable {
  var field = UInt8(ascii: "|")
  var component = UInt8(ascii: "^")
  var repetition = UInt8(ascii: "~")
  var escape = UInt8(ascii: "\\")
  var subcomponent = UInt8(ascii: "&")

  /// Reads them behind `MSH`; `nil` when two are the same or one could be text.
  init?(_ text: Span<UInt8>) {
    guard text.has("MSH", at: 0), text.count > 8 else { return nil }
    (field, component, repetition) = (text[3], text[4], text[5])
    (escape, subcomponent) = (text[6], text[7])
    for index in 3...7 {
      guard isPunctuation(text[index]) else { return nil }
      for other in index + 1..<8 where text[index] == text[other] { return nil }
    }
    // Version 2.7 has a fifth encoding character, for truncated text.
    let hasTruncation = text[8] == UInt8(ascii: "#") && field != text[8]
    let end = hasTruncation ? 9 : 8
    guard end < text.count, text[end] == field else { return nil }
  }

  private func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// Whether a line has a segment's name in front: three capitals or digits, a letter first.
  func isSegment(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count >= 3, line.count == 3 || text[line.lowerBound + 3] == field else {
      return false
    }
    for index in line.lowerBound..<line.lowerBound + 3 {
      switch text[index] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
      case UInt8(ascii: "0")...UInt8(ascii: "9") where index > line.lowerBound: continue
      default: return false
      }
    }
    return true
  }
}

/// Walks over the lines of a message; CR, LF or both end one, and empty ones do not count.
struct HL7Segments {
  private var position = 0

  mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    while position < text.count, isEnd(text[position]) { position += 1 }
    let start = position
    while position < text.count, !isEnd(text[position]) { position += 1 }
    return position > start ? start..<position : nil
  }

  private func isEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A }
}

/// Where the fields of one segment lie, without a copy of anything.
struct HL7Segment {
  private static var most: Int { 40 }

  private var places = [40 of Range<Int>](repeating: 0..<0)
  private var count = 0
  /// More fields than any segment has: two segments that run into each other.
  private(set) var isOverlong = false

  init(_ text: Span<UInt8>, _ line: Range<Int>, _ separators: HL7Separators) {
    var start = line.lowerBound
    for index in line.lowerBound...line.upperBound
    where index == line.upperBound || text[index] == separators.field {
      guard count < Self.most else {
        isOverlong = true
        return
      }
      places[count] = start..<index
      count += 1
      start = index + 1
    }
  }

  /// Field `number`, counted as HL7 counts them, with the name as 0; empty where there is none.
  subscript(number: Int) -> Range<Int> { number < count ? places[number] : 0..<0 }
}

extension Span<UInt8> {
  /// Part `number`, from 1, of a place that `separator` cuts; empty where there is none.
  func part(_ number: Int, of place: Range<Int>, by separator: UInt8) -> Range<Int> {
    var start = place.lowerBound
    var part = 1
    for index in place where self[index] == separator {
      if part == number { return start..<index }
      part += 1
      start = index + 1
    }
    return part == number ? start..<place.upperBound : 0..<0
  }

  /// Whether a place holds this text and nothing else.
  func reads(_ text: StaticString, in place: Range<Int>) -> Bool {
    place.count == text.utf8CodeUnitCount && has(text, at: place.lowerBound)
  }
}
