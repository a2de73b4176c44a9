import Vitals

/// What protocols in text are made of.
extension Span<UInt8> {
  /// The decimal number that fills `range` to the last place; blanks may stand in front of it.
  func decimal(in range: Range<Int>) -> Int? {
    guard range.lowerBound >= 0, range.upperBound <= count, range.count <= 9 else { return nil }
    var value = 0
    var hasDigit = false
    for index in range {
      let byte = self[index]
      if byte == UInt8(ascii: " "), !hasDigit { continue }
      guard (0x30...0x39).contains(byte) else { return nil }
      hasDigit = true
      value = value * 10 + Int(byte - 0x30)
    }
    return hasDigit ? value : nil
  }

  /// The hexadecimal number, of either case, that fills `range`.
  func hexadecimal(in range: Range<Int>) -> Int? {
    guard range.lowerBound >= 0, range.upperBound <= count, (1...8).contains(range.count) else {
      return nil
    }
    var value = 0
    for index in range {
      let digit: UInt8
      switch self[index] {
      case let byte where (0x30...0x39).contains(byte): digit = byte - 0x30
      case let byte where (0x41...0x46).contains(byte): digit = byte - 0x41 + 10
      case let byte where (0x61...0x66).contains(byte): digit = byte - 0x61 + 10
      default: return nil
      }
      value = value << 4 | Int(digit)
    }
    return value
  }

  /// Whether `text`, which is ASCII, stands at `start`.
  func has(_ text: StaticString, at start: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard start >= 0, start + length <= count else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<length where unsafe self[start + index] != wanted[index] { return false }
      return true
    }
  }

  /// Whether every byte of `range` is `byte`.
  func isFilled(with byte: UInt8, in range: Range<Int>) -> Bool {
    guard range.lowerBound >= 0, range.upperBound <= count else { return false }
    for index in range where self[index] != byte { return false }
    return true
  }
}
