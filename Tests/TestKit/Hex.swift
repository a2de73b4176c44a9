/// The bytes of `"01 E0 85"` or `"01e085"`; white space does not count.
public func hex(_ text: String) -> [UInt8] {
  let digits = text.filter { !$0.isWhitespace }.map { character in
    guard let digit = character.hexDigitValue else {
      preconditionFailure("\(text) is not hexadecimal")
    }
    return UInt8(digit)
  }
  precondition(digits.count.isMultiple(of: 2), "\(text) ends in half a byte")
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
