import Vitals

/// Numbers of more than one byte, as binary protocols write them.
extension Span<UInt8> {
  /// The number at `index`, most significant byte first; `nil` where the bytes end before it does.
  func bigEndian<Word: FixedWidthInteger & UnsignedInteger>(
    at index: Int, as type: Word.Type = Word.self
  ) -> Word? {
    let length = Word.bitWidth / 8
    guard index >= 0, count >= length, index <= count - length else { return nil }
    var word: Word = 0
    for offset in 0..<length { word = word << 8 | Word(self[index + offset]) }
    return word
  }

  /// The number at `index`, least significant byte first; `nil` where the bytes end before it does.
  func littleEndian<Word: FixedWidthInteger & UnsignedInteger>(
    at index: Int, as type: Word.Type = Word.self
  ) -> Word? {
    bigEndian(at: index, as: type)?.byteSwapped
  }
}

extension [UInt8] {
  /// Appends a number, most significant byte first.
  mutating func append<Word: FixedWidthInteger & UnsignedInteger>(bigEndian word: Word) {
    for shift in stride(from: Word.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: word >> Word(shift)))
    }
  }

  /// Appends a number, least significant byte first.
  mutating func append<Word: FixedWidthInteger & UnsignedInteger>(littleEndian word: Word) {
    append(bigEndian: word.byteSwapped)
  }
}
