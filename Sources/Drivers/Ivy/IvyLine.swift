import Vitals

/// A line of the text in an Ivy frame, such as `NIBP=4;121;75;92;80;;`.
///
/// The number behind `=` says how many values follow it; then come a label and an alarm, and
/// semicolons between them all. What is empty is missing.
struct IvyLine {
  enum Value: Equatable {
    case missing
    case number(Int)
    /// Nothing that we could read as a number.
    case other
  }

  let key: Range<Int>
  /// The values, then the label, then the alarm.
  let fields: [Range<Int>]

  /// Reads the line in `range`, its CR left out; `nil` when the count and the fields disagree.
  init?(_ text: Span<UInt8>, in range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound, text[start] != UInt8(ascii: "=") {
      let isLetter = (0x41...0x5A).contains(text[start])
      guard isLetter || (0x30...0x39).contains(text[start]) else { return nil }
      start += 1
    }
    key = range.lowerBound..<start
    guard !key.isEmpty, start + 2 < range.upperBound,
      let count = text.decimal(in: start + 1..<start + 2), text[start + 2] == UInt8(ascii: ";")
    else { return nil }
    start += 3
    var fields: [Range<Int>] = []
    for index in start..<range.upperBound where text[index] == UInt8(ascii: ";") {
      fields.append(start..<index)
      start = index + 1
    }
    fields.append(start..<range.upperBound)
    guard fields.count == count + 2 else { return nil }
    self.fields = fields
  }

  var valueCount: Int { fields.count - 2 }
  var label: Range<Int> { fields[fields.count - 2] }
  var alarm: Range<Int> { fields[fields.count - 1] }

  func isNamed(_ name: StaticString, _ text: Span<UInt8>) -> Bool {
    key.count == name.utf8CodeUnitCount && text.has(name, at: key.lowerBound)
  }

  /// What stands in `range`: up to three digits that do not begin with 0, and blanks beside them.
  static func value(_ text: Span<UInt8>, in range: Range<Int>) -> Value {
    let end = text.endOfText(in: range)
    let start = (range.lowerBound..<end).first { text[$0] != UInt8(ascii: " ") } ?? end
    guard start < end else { return .missing }
    guard end - start <= 3, text[start] != UInt8(ascii: "0"),
      let number = text.decimal(in: start..<end)
    else { return .other }
    return .number(number)
  }
}
