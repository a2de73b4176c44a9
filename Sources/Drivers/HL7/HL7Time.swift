import Vitals

/// A time of the sender's clock, `YYYYMMDDHHMM[SS[.S…]][±ZZZZ]`: compared with its other times and
/// never believed.
struct HL7Time: Sendable {
  /// Since 1970 on the sender's wall.
  private let local: Int64
  /// East of Greenwich; `nil` where it is not said.
  private let zone: Int64?

  /// Reads a place; `nil` for what is not a time, or not to the minute.
  init?(_ text: Span<UInt8>, _ place: Range<Int>) {
    var end = place.lowerBound
    while end < place.upperBound, (0x30...0x39).contains(text[end]) { end += 1 }
    let digits = end - place.lowerBound
    guard digits == 12 || digits == 14 else { return nil }
    func number(_ offset: Int, _ count: Int) -> Int? {
      let start = place.lowerBound + offset
      return offset + count <= digits ? text.decimal(in: start..<start + count) : 0
    }
    var milliseconds: Int64 = 0
    if end < place.upperBound, text[end] == UInt8(ascii: ".") {
      guard let fraction = Self.fraction(text, end + 1..<place.upperBound) else { return nil }
      milliseconds = fraction.milliseconds
      end = fraction.end
    }
    guard let year = number(0, 4), let month = number(4, 2), let day = number(6, 2),
      let hour = number(8, 2), let minute = number(10, 2), let second = number(12, 2),
      let date = DeviceTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second),
      let wall = WallTime(date.description + ".000Z")
    else { return nil }
    local = wall.milliseconds + milliseconds
    guard end < place.upperBound else {
      zone = nil
      return
    }
    guard let zone = Self.zone(text, end..<place.upperBound) else { return nil }
    self.zone = zone
  }

  /// One to four digits behind the point.
  private static func fraction(
    _ text: Span<UInt8>, _ place: Range<Int>
  ) -> (milliseconds: Int64, end: Int)? {
    var end = place.lowerBound
    while end < place.upperBound, (0x30...0x39).contains(text[end]) { end += 1 }
    let digits = end - place.lowerBound
    guard (1...4).contains(digits), var value = text.decimal(in: place.lowerBound..<end) else {
      return nil
    }
    for _ in digits..<4 { value *= 10 }
    return (Int64(value / 10), end)
  }

  private static func zone(_ text: Span<UInt8>, _ place: Range<Int>) -> Int64? {
    let sign = text[place.lowerBound]
    guard place.count == 5, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      text[place.lowerBound + 1] != UInt8(ascii: " "),
      let hours = text.decimal(in: place.lowerBound + 1..<place.lowerBound + 3),
      text[place.lowerBound + 3] != UInt8(ascii: " "),
      let minutes = text.decimal(in: place.lowerBound + 3..<place.upperBound),
      hours <= 14, minutes < 60
    else { return nil }
    let offset = Int64(hours * 60 + minutes) * 60_000
    return sign == UInt8(ascii: "-") ? -offset : offset
  }

  /// How much later this is than another time; of two clocks without a zone, or one, the walls
  /// are compared.
  func since(_ earlier: HL7Time) -> Duration {
    let shift = zone.flatMap { zone in earlier.zone.map { zone - $0 } } ?? 0
    return .milliseconds(local - earlier.local - shift)
  }
}
