/// One column of a block of samples as printable text, which `v_vitals_1s` takes apart in SQL.
///
/// A character is one of
///
/// | character | the next value |
/// |---|---|
/// | 0x20 … 0x5E | the last value plus the code minus 63: −31 … +31 |
/// | 0x5F … 0x76 | what came last, value or nothing, 1 … 24 times more |
/// | 0x77 … 0x7C | the same 30, 60, 90, 120, 150, 180 times more |
/// | 0x7D | nothing |
/// | 0x7E | a value of 24 bits: four characters with 6 bits each above 0x20, high first |
///
/// The last value before the first is the same for a whole column of the log. A vital sign that stands
/// still costs nothing, one that moves a byte.
package enum ColumnText {
  /// Stands for no value.
  package static let absent = Int32.min
  /// The largest value that can be written.
  static let largest: Int32 = (1 << 24) - 1

  private static let center: Int32 = 63
  private static let firstRun: UInt8 = 0x5F
  private static let firstLongRun: UInt8 = 0x77
  private static let longRun = 30
  private static let nothing: UInt8 = 0x7D
  private static let whole: UInt8 = 0x7E

  /// Writes values of 0 … ``largest`` or ``absent``; `origin` stands for the value before the first.
  package static func encode(_ values: [Int32], from origin: Int32 = 0) -> [UInt8] {
    // No value takes more than five characters, and a run no more than its values.
    [UInt8](unsafeUninitializedCapacity: values.count * 5) { text, count in
      // No value is this, so the first is never a repetition.
      var (last, newest, run) = (origin, Int32.max, 0)
      for value in values {
        if value == newest {
          run += 1
          continue
        }
        if run > 0 { append(run, to: text, &count) }
        (newest, run) = (value, 0)
        if value == absent {
          text[count] = nothing
          count += 1
          continue
        }
        let change = value &- last &+ center
        if change >= 0x20, change <= 0x5E {
          text[count] = UInt8(truncatingIfNeeded: change)
          count += 1
        } else {
          text[count] = whole
          text[count + 1] = 0x20 + UInt8(truncatingIfNeeded: value >> 18 & 63)
          text[count + 2] = 0x20 + UInt8(truncatingIfNeeded: value >> 12 & 63)
          text[count + 3] = 0x20 + UInt8(truncatingIfNeeded: value >> 6 & 63)
          text[count + 4] = 0x20 + UInt8(truncatingIfNeeded: value & 63)
          count += 5
        }
        last = value
      }
      if run > 0 { append(run, to: text, &count) }
    }
  }

  private static func append(
    _ run: Int, to text: UnsafeMutableBufferPointer<UInt8>, _ place: inout Int
  ) {
    var rest = run
    while rest > 0 {
      let long = min(6, rest / longRun)
      let count = long > 0 ? long * longRun : min(24, rest)
      text[place] =
        long > 0
        ? firstLongRun + UInt8(truncatingIfNeeded: long - 1)
        : firstRun + UInt8(truncatingIfNeeded: count - 1)
      place += 1
      rest -= count
    }
  }

  /// Reads exactly so many values into `values`; `false` for text that says anything else.
  package static func decode(
    _ text: UnsafeRawBufferPointer, from origin: Int32 = 0,
    into values: UnsafeMutableBufferPointer<Int32>
  ) -> Bool {
    var (last, newest, count, index) = (origin, absent, 0, 0)
    while index < text.count {
      decodeShort(text, &index, into: values, &count, &last, &newest)
      guard index < text.count else { break }
      let code = text[index]
      index += 1
      switch code {
      case 0x20..<firstRun:
        last &+= Int32(code) - center
        newest = last
      case firstRun..<nothing:
        let run =
          code < firstLongRun
          ? Int(code - firstRun) + 1 : (Int(code - firstLongRun) + 1) * longRun
        guard count > 0, run <= values.count - count else { return false }
        for place in count..<count + run { values[place] = newest }
        count += run
        continue
      case nothing: newest = absent
      case whole:
        guard text.count - index >= 4 else { return false }
        last = 0
        for place in index..<index + 4 { last = last << 6 | Int32(text[place] &- 0x20 & 63) }
        index += 4
        newest = last
      default: return false
      }
      guard count < values.count else { return false }
      values[count] = newest
      count += 1
    }
    return count == values.count
  }
  /// Reads characters of the first two kinds, as long as there is room for the longest run.
  ///
  /// Each writes so many values, however few of them count: what would be a jump that no processor
  /// foresees, whether a sign is there at all or how often it comes, is a number here.
  private static func decodeShort(
    _ text: UnsafeRawBufferPointer, _ index: inout Int,
    into values: UnsafeMutableBufferPointer<Int32>, _ count: inout Int, _ last: inout Int32,
    _ newest: inout Int32
  ) {
    let longest = Int(firstLongRun - firstRun)
    guard let start = values.baseAddress, values.count >= longest else { return }
    while index < text.count, count <= values.count - longest {
      let code = text[index]
      let isRun = code >= firstRun
      guard code >= 0x20, code < firstLongRun, count > 0 || !isRun else { return }
      last &+= isRun ? 0 : Int32(code) - center
      newest = isRun ? newest : last
      let place = UnsafeMutableRawPointer(start + count)
      let values = SIMD8<Int32>(repeating: newest)
      for part in 0..<longest / 8 {
        place.storeBytes(of: values, toByteOffset: part * 32, as: SIMD8<Int32>.self)
      }
      count += isRun ? Int(code - firstRun) + 1 : 1
      index += 1
    }
  }
}
