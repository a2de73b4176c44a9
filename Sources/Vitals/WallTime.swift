/// A reading of the wall clock: a label beside an ``Instant``, never a base for a timer.
public struct WallTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (a: WallTime, b: WallTime) -> Bool { a.milliseconds < b.milliseconds }

  public static func + (time: WallTime, duration: Duration) -> WallTime {
    // Not by nanoseconds: a clock can be thousands of years wrong, and they end at 292.
    let (seconds, attoseconds) = duration.components
    return WallTime(
      milliseconds: time.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// RFC 3339 in UTC with milliseconds, such as `2026-03-14T15:02:11.000Z`.
  public var description: String {
    let (days, rest) = Self.floorDivide(milliseconds, 86_400_000)
    let (year, month, day) = Self.civil(fromDays: days)
    let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60)
    let (seconds, millis) = (rest / 1000 % 60, rest % 1000)
    return "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))"
      + "T\(Self.pad(hours, 2)):\(Self.pad(minutes, 2)):\(Self.pad(seconds, 2))"
      + ".\(Self.pad(millis, 3))Z"
  }

  /// Reads the form that ``description`` writes; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      bytes[range].reduce(0 as Int64?) { value, byte in
        guard let value, (48...57).contains(byte) else { return nil }
        return value * 10 + Int64(byte - 48)
      }
    }
    guard bytes.count == 24, bytes[23] == UInt8(ascii: "Z"),
      [4, 7].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }), bytes[10] == UInt8(ascii: "T"),
      [13, 16].allSatisfy({ bytes[$0] == UInt8(ascii: ":") }), bytes[19] == UInt8(ascii: "."),
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      let milli = number(20..<23), (1...12).contains(month), (1...31).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let days = Self.days(fromCivil: year, month, day)
    guard Self.civil(fromDays: days) == (year, month, day) else { return nil }
    milliseconds = ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + milli
  }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    return remainder < 0 ? (quotient - 1, remainder + b) : (quotient, remainder)
  }

  private static func pad(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Days since 1970-01-01 of a date in the Gregorian calendar, counting years from March so that
  /// the leap day comes last.
  private static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = floorDivide(shifted, 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
    let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
