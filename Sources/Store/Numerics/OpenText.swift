import Glibc
import Vitals

/// The samples of one commit as a row of the table `open` has them: JSON that `v_vitals_1s` can take
/// apart too, `[["7",1000,97,72,240,0],…]`: chair, ms, SpO2, pulse rate, perfusion index, status.
enum OpenText {
  static func text(_ stretch: Stretch) -> String {
    var text = "["
    for (chair, rows) in stretch.byChair {
      for row in rows {
        if text.utf8.count > 1 { text += "," }
        text += "[\"\(chair.name)\",\(row.time)"
        for value in [
          row.spo2Column, row.pulseRateColumn, row.perfusionColumn, row.statusColumn,
        ] {
          text += value == ColumnText.absent ? ",null" : ",\(value)"
        }
        text += "]"
      }
    }
    return text + "]"
  }

  /// Hands over the rows of one chair, or of every chair, in their order; `false` for text that this
  /// software cannot have written, of which what stands before the fault counts.
  static func read(
    _ text: UnsafeRawBufferPointer, of chair: String? = nil, _ body: (String, StoredSample) -> Void
  ) -> Bool {
    var reader = Reader(text: text)
    let wanted = chair.map { Array($0.utf8) }
    guard reader.take("[") else { return false }
    if reader.take("]") { return reader.isAtEnd }
    repeat {
      guard reader.take("["), let name = reader.name(), reader.take(",") else { return false }
      if let wanted, !name.elementsEqual(wanted) {
        // Another chair's: what stands there is not looked at.
        guard reader.skip(past: "]") else { return false }
        continue
      }
      guard let time = reader.number(), let row = reader.row(at: time), reader.take("]")
      else { return false }
      body(chair ?? String(decoding: name, as: UTF8.self), row)
    } while reader.take(",")
    return reader.take("]") && reader.isAtEnd
  }

  private struct Reader {
    let text: UnsafeRawBufferPointer
    var place = 0

    var isAtEnd: Bool { place == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard place < text.count, text[place] == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    mutating func skip(past character: Unicode.Scalar) -> Bool {
      let rest = text[place...]
      guard let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
        let found = memchr(base, Int32(UInt8(ascii: character)), rest.count)
      else { return false }
      place += UnsafeRawPointer(found) - base + 1
      return true
    }

    /// A chair's name: no character of it needs escaping.
    mutating func name() -> UnsafeRawBufferPointer.SubSequence? {
      guard take("\"") else { return nil }
      let begin = place
      while place < text.count, text[place] != UInt8(ascii: "\"") { place += 1 }
      defer { place += 1 }
      return place < text.count ? text[begin..<place] : nil
    }

    mutating func number() -> Int64? {
      let isNegative = take("-")
      let begin = place
      var number: Int64 = 0
      while place < text.count, case let digit = text[place] &- 0x30, digit < 10 {
        guard place - begin < 18 else { return nil }
        number = number * 10 + Int64(digit)
        place += 1
      }
      guard place > begin else { return nil }
      return isNegative ? -number : number
    }

    private mutating func column() -> Int32? {
      guard take(",") else { return nil }
      if take("n") { return take("u") && take("l") && take("l") ? ColumnText.absent : nil }
      return number().flatMap { Int32(exactly: $0) }
    }

    mutating func row(at time: Int64) -> StoredSample? {
      guard let spo2 = column(), let rate = column(), let perfusion = column(),
        let status = column()
      else { return nil }
      return StoredSample(
        time: time, spo2Column: spo2, pulseRateColumn: rate, perfusionColumn: perfusion,
        statusColumn: status)
    }
  }
}
