import Foundation
import TestKit
import Testing
import Vitals

@Suite struct `A wall time` {
  @Test(arguments: seeds(20))
  func `is read back as it was written`(seed: UInt64) throws {
    var random = Seeded(seed)
    // Year 0 to year 9999, the four digits of the form.
    let span: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999
    for milliseconds in (0..<2000).map({ _ in Int64.random(in: span, using: &random) })
      + [span.lowerBound, -1, 0, 1, span.upperBound]
    {
      let time = WallTime(milliseconds: milliseconds)
      #expect(WallTime(time.description) == time, "seed \(seed): \(time)")
    }
  }

  @Test func `agrees with another calendar on every day of 1583 to 2600`() {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    // The Gregorian calendar's first whole year; a prime number of milliseconds walks the clock.
    for milliseconds in stride(
      from: -12_212_553_600_000 as Int64, to: 19_880_899_200_000, by: 86_400_000 * 3 + 12_345_701)
    {
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      let text = WallTime(milliseconds: milliseconds).description
      if date.formatted(style).prefix(19) != text.prefix(19) {
        Issue.record("\(text) is \(date.formatted(style)) elsewhere")
      }
    }
  }

  @Test(arguments: [
    ("2024-02-29T00:00:00.000Z", true), ("2023-02-29T00:00:00.000Z", false),
    ("2000-02-29T12:00:00.000Z", true), ("1900-02-29T12:00:00.000Z", false),
    ("2100-02-29T12:00:00.000Z", false), ("2400-02-29T12:00:00.000Z", true),
    ("2026-04-30T00:00:00.000Z", true), ("2026-04-31T00:00:00.000Z", false),
    ("2026-12-31T23:59:59.999Z", true), ("2026-00-10T00:00:00.000Z", false),
    ("2026-13-10T00:00:00.000Z", false), ("2026-01-00T00:00:00.000Z", false),
    ("2026-01-32T00:00:00.000Z", false), ("2026-01-10T24:00:00.000Z", false),
    ("2026-01-10T23:60:00.000Z", false), ("2026-01-10T23:59:60.000Z", false),
  ])
  func `knows which days and times there are`(text: String, exists: Bool) {
    #expect((WallTime(text)?.description == text) == exists)
    #expect((WallTime(text) != nil) == exists)
  }

  @Test(arguments: [
    "", "Z", "2026-03-14", "2026-03-14T15:02:11Z", "2026-03-14T15:02:11.0Z",
    "2026-03-14T15:02:11.0000Z", "2026-03-14T15:02:11.000", "2026-03-14T15:02:11.000z",
    "2026-03-14 15:02:11.000Z", "2026-03-14T15:02:11,000Z", "2026/03/14T15:02:11.000Z",
    "+026-03-14T15:02:11.000Z", "2026-03-1 T15:02:11.000Z", "2026-03-14T15-02-11.000Z",
    "２026-03-14T15:02:1.000Z", "2026-03-14T15:02:11.00éZ", " 2026-03-14T15:02:11.000Z",
  ])
  func `is nothing but its one form`(text: String) { #expect(WallTime(text) == nil) }

  @Test func `moves by durations, whole milliseconds`() {
    let time = WallTime(milliseconds: 1_773_500_531_000)
    #expect(time.description == "2026-03-14T15:02:11.000Z")
    #expect((time + .seconds(-180)).description == "2026-03-14T14:59:11.000Z")
    #expect((time + .microseconds(1999)).milliseconds == time.milliseconds + 1)
    #expect(time < time + .milliseconds(1))
  }
}
