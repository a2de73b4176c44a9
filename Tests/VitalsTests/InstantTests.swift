import TestKit
import Testing
import Vitals

@Suite struct `An instant` {
  @Test(arguments: seeds(20))
  func `adds and subtracts exactly`(seed: UInt64) {
    var random = Seeded(seed)
    let century: ClosedRange<Int64> = -3_155_760_000_000_000_000...3_155_760_000_000_000_000
    for _ in 0..<1000 {
      let a = Instant(nanoseconds: Int64.random(in: century, using: &random))
      let b = Instant(nanoseconds: Int64.random(in: century, using: &random))
      let between = b - a
      #expect(a + between == b && b - between == a)
      #expect((a < b) == (between > .zero))
      #expect(between.nanoseconds == b.nanoseconds - a.nanoseconds)
    }
  }

  @Test(arguments: [-7200, -1, 0, 1, 59, 86_400, 1_000_000_000])
  func `counts whole seconds and milliseconds`(seconds: Int) {
    let instant = Instant.seconds(seconds)
    #expect(instant.nanoseconds == Int64(seconds) * 1_000_000_000)
    #expect(instant == .milliseconds(Int64(seconds) * 1000))
    #expect(instant.milliseconds == Int64(seconds) * 1000)
    #expect((instant - .zero).wholeSeconds == seconds)
  }

  @Test func `rounds durations towards zero`() {
    #expect(Duration.milliseconds(1999).wholeSeconds == 1)
    #expect(Duration.milliseconds(-1999).wholeSeconds == -1)
    #expect(Duration.nanoseconds(-1).nanoseconds == -1)
    #expect((Duration.seconds(5) + .nanoseconds(7)).nanoseconds == 5_000_000_007)
    #expect((Duration.seconds(-5) + .nanoseconds(7)).nanoseconds == -4_999_999_993)
  }

  @Test func `never is later than any deadline`() {
    let (a, b) = (Instant.seconds(1), Instant.seconds(2))
    #expect(earliest(a, b) == a && earliest(b, a) == a)
    #expect(earliest(nil, b) == b && earliest(a, nil) == a && earliest(nil, nil) == nil)
  }
}
