@testable import Monitoring
import Testing
import Vitals

/// The optional delay of `SPO2_LOW` by depth × time (`clinical.md` 2.2).
@Suite struct `The integral delay` {
  private static func visit(low: Int = 90, integral: Int = 50) -> Visit {
    var policy = Policy.adultKetamineDefault1
    policy.spo2.integral = integral
    policy.spo2.low = low
    policy.spo2.veryLow = 80
    var visit = Visit.infusing(policy: policy)
    visit.forget()
    return visit
  }

  private static func raised(_ visit: Visit) -> [String] {
    visit.alarmSteps.filter { $0.hasPrefix("SPO2_LOW raised") }
  }

  /// 2 points × 2 s + 4 × 3 s + 6 × 6 s = 52, so 50 are full in the eleventh second.
  @Test func `alarms when the sum is full, in the vendor's example`() throws {
    var visit = Self.visit()
    let start = visit.seconds + 1
    visit.pass(2, showing: Visit.reading(88, 72))
    visit.pass(3, showing: Visit.reading(86, 72))
    visit.pass(7, showing: Visit.reading(84, 72))
    let raisedAt = try #require(visit.alarm(.spo2Low)).raisedAt
    let after = Double(raisedAt.milliseconds) / 1000 - start
    #expect(after > 10.6 && after < 11)
  }

  @Test(arguments: [(89, 30), (88, 25), (85, 10), (81, 6)])
  func `is shorter the deeper the fall, and 30 s at most`(value: Int, seconds: Int) {
    var visit = Self.visit()
    let start = visit.seconds + 1
    visit.pass(40, showing: Visit.reading(value, 72))
    let raisedAt = visit.alarm(.spo2Low).map { Double($0.raisedAt.milliseconds) / 1000 }
    #expect(raisedAt.map { ($0 - start).rounded(.up) } == Double(seconds))
  }

  @Test func `alarms at the third fall within 60 s`() {
    var visit = Self.visit()
    for _ in 0..<2 {
      visit.pass(3, showing: Visit.reading(89, 72))
      visit.pass(27, showing: Visit.reading(95, 72))
    }
    #expect(Self.raised(visit).isEmpty)
    // 60 s after the first.
    visit.pass(1, showing: Visit.reading(89, 72))
    #expect(Self.raised(visit) == ["SPO2_LOW raised medium @\(visit.seconds)"])
  }

  @Test func `does not count three falls in more than 60 s`() {
    var visit = Self.visit()
    // Each 61 s after the last but one.
    for fall in 0..<6 {
      visit.pass(3, showing: Visit.reading(89, 72))
      visit.pass(fall % 2 == 0 ? 27 : 28, showing: Visit.reading(95, 72))
    }
    #expect(Self.raised(visit).isEmpty)
  }

  @Test func `stands still while the signal is lost, and is forgotten after 10 s of it`() {
    for (gap, rest) in [(8, 5), (15, 10)] {
      var visit = Self.visit()
      visit.pass(6, showing: Visit.reading(85, 72))
      visit.pass(gap, showing: Visit.reading(85, 72, .artifact))
      let back = visit.seconds + 1
      visit.pass(20, showing: Visit.reading(85, 72))
      let raisedAt = visit.alarm(.spo2Low).map { Double($0.raisedAt.milliseconds) / 1000 - back }
      // The second in which the signal went still counts.
      #expect(raisedAt == Double(rest == 5 ? 4 : rest))
    }
  }

  @Test func `never delays SPO2_VLOW`() {
    var visit = Self.visit(integral: 100)
    let start = visit.seconds + 1
    visit.pass(4, showing: Visit.reading(79, 72))
    #expect(visit.alarm(.spo2VeryLow)?.raisedAt == .milliseconds(Int64((start + 3) * 1000)))
  }
}
