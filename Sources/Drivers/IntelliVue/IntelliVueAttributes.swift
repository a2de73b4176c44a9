import Vitals

/// The nested lists of the data export protocol; each says how many there are and how long.
///
/// A list whose count or length does not fit what is there is refused as a whole.
enum IntelliVueAttributes {
  static let systemModel: UInt16 = 0x0928
  static let compoundValue: UInt16 = 0x094B
  static let value: UInt16 = 0x0950
  static let timeStamp: UInt16 = 0x0990

  /// Walks a list of attributes from `position`, and moves that behind it.
  ///
  /// Returns false when the list is not sound; what was read from it must not be used then.
  static func walk(
    _ bytes: Span<UInt8>, from position: inout Int, _ body: (UInt16, Span<UInt8>) -> Void
  ) -> Bool {
    guard let count: UInt16 = bytes.bigEndian(at: position),
      let length: UInt16 = bytes.bigEndian(at: position + 2)
    else { return false }
    position += 4
    let end = position + Int(length)
    guard end <= bytes.count else { return false }
    for _ in 0..<count {
      guard let id: UInt16 = bytes.bigEndian(at: position),
        let size: UInt16 = bytes.bigEndian(at: position + 2)
      else { return false }
      let start = position + 4
      position = start + Int(size)
      guard position <= end else { return false }
      body(id, bytes.extracting(start..<position))
    }
    return position == end
  }

  /// The values of one observation, from its attribute list on.
  static func numerics(
    _ bytes: Span<UInt8>, from position: inout Int, into numerics: inout IntelliVueNumerics
  ) -> Bool {
    var time: UInt64?
    var values: [IntelliVueValue] = []
    let isSound = walk(bytes, from: &position) { id, content in
      switch id {
      case timeStamp: time = content.bigEndian(at: 0).flatMap { $0 == .max ? nil : $0 }
      case value: if let value = IntelliVueValue(content) { values.append(value) }
      case compoundValue: values += compound(content)
      default: break
      }
    }
    guard isSound else { return false }
    for value in values { numerics.note(value, time: time) }
    return true
  }

  /// Values that belong together: `count length` and ten bytes each.
  private static func compound(_ content: Span<UInt8>) -> [IntelliVueValue] {
    guard let count: UInt16 = content.bigEndian(at: 0),
      content.count == 4 + Int(count) * IntelliVueValue.length
    else { return [] }
    return stride(from: 4, to: content.count, by: IntelliVueValue.length).compactMap { start in
      IntelliVueValue(content.extracting(start..<start + IntelliVueValue.length))
    }
  }

  /// Manufacturer and model number, as `Philips M8000`.
  static func modelName(_ content: Span<UInt8>) -> String? {
    var position = 0
    let words = [text(content, from: &position), text(content, from: &position)]
    let name = words.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    return name.isEmpty ? nil : name
  }

  /// A text with its length in front, filled up with zeros.
  private static func text(_ content: Span<UInt8>, from position: inout Int) -> String? {
    guard let length: UInt16 = content.bigEndian(at: position),
      position + 2 + Int(length) <= content.count
    else { return nil }
    let start = position + 2
    position = start + Int(length)
    var text = ""
    for index in start..<min(position, start + 40) where (0x20...0x7E).contains(content[index]) {
      text.unicodeScalars.append(Unicode.Scalar(content[index]))
    }
    return text
  }
}
