import Vitals

/// What fixed forms in text look like.
extension Span<UInt8> {
  /// Whether the bytes of `range` look like `picture`, which is ASCII.
  ///
  /// In a picture `#` stands for any digit, `x` for a hexadecimal one, `@` for a letter, and
  /// everything else for itself.
  func looksLike(_ picture: StaticString, in range: Range<Int>) -> Bool {
    guard range.lowerBound >= 0, range.upperBound <= count,
      range.count == picture.utf8CodeUnitCount
    else { return false }
    return picture.withUTF8Buffer { wanted in
      for (offset, index) in range.enumerated() {
        let isGood =
          switch unsafe wanted[offset] {
          case UInt8(ascii: "#"): (0x30...0x39).contains(self[index])
          case UInt8(ascii: "x"): hexadecimal(in: index..<index + 1) != nil
          case UInt8(ascii: "@"): (0x41...0x5A).contains(self[index] & 0xDF)
          case let literal: self[index] == literal
          }
        guard isGood else { return false }
      }
      return true
    }
  }

  /// Where `range` ends when the blanks, CR and LF at its end are left out.
  func endOfText(in range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let byte = self[end - 1]
      guard byte == UInt8(ascii: " ") || byte == 0x0D || byte == 0x0A else { break }
      end -= 1
    }
    return end
  }
}
