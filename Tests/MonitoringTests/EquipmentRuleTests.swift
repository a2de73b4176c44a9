@testable import Monitoring
import Testing
import Vitals

/// `BATT` and `CUFF_STUCK` (`clinical.md` 3.3).
@Suite struct `Equipment` {
  private static func level(_ percent: Int, _ minutes: Int? = nil) -> BatteryLevel {
    BatteryLevel(percent: percent, minutes: minutes)!
  }

  @Test(arguments: [
    (21, Int?.none, Priority?.none), (20, nil, .low), (11, nil, .low), (10, nil, .medium),
    (6, nil, .medium), (5, nil, .high), (0, nil, .high), (80, 15, nil), (80, 14, .medium),
    (18, 14, .medium), (4, 14, .high), (20, 300, .low),
  ])
  func `battery is judged by percent and minutes`(
    percent: Int, minutes: Int?, priority: Priority?
  ) {
    var visit = Visit.infusing()
    visit.handle(.battery(.oximeter, Self.level(percent, minutes)))
    #expect(visit.alarm(.battery)?.priority == priority)
    visit.handle(.battery(.oximeter, Self.level(21)))
    #expect(visit.alarm(.battery) == nil)
  }

  @Test func `battery that empties never becomes less urgent, and the worst device counts`() {
    var visit = Visit.infusing()
    visit.forget()
    let now = visit.seconds
    for percent in [20, 12, 10, 5, 8, 15] {
      visit.handle(.battery(.oximeter, Self.level(percent)))
    }
    visit.handle(.battery(.cuff, Self.level(3)))
    visit.handle(.battery(.oximeter, Self.level(90)))
    visit.handle(.battery(.cuff, Self.level(90)))
    #expect(
      visit.alarmSteps == [
        "BATT raised low @\(now)", "BATT escalated medium @\(now)", "BATT escalated high @\(now)",
        "BATT cleared high @\(now)",
      ])
  }

  @Test func `battery of which the device complains is LOW, whatever its level`() {
    var visit = Visit.infusing()
    visit.pass(1, showing: Visit.reading(97, 72, .lowBattery))
    #expect(visit.alarm(.battery)?.priority == .low)
    visit.handle(.battery(.oximeter, Self.level(90)))
    #expect(visit.alarm(.battery)?.priority == .low)
    visit.handle(.battery(.oximeter, Self.level(9)))
    #expect(visit.alarm(.battery)?.priority == .medium)
    visit.pass(10, showing: Visit.reading(97, 72))
    #expect(visit.alarm(.battery)?.priority == .medium)
    visit.pass(1, showing: Visit.reading(97, 72, .lowBattery))
    #expect(visit.alarm(.battery)?.serial == 1)
    visit.handle(.battery(.oximeter, Self.level(90)))
    #expect(visit.alarm(.battery)?.serial == 1)
    visit.pass(6, showing: Visit.reading(97, 72))
    #expect(visit.alarm(.battery) == nil)
  }

  /// Whether a determination runs does not matter.
  @Test(arguments: [true, false])
  func `cuff above 15 mmHg for 180 s is HIGH`(isMeasuring: Bool) {
    var visit = Visit.infusing()
    visit.forget()
    if isMeasuring { visit.handle(.determination(.inflating)) }
    let start = visit.seconds
    for _ in 0..<19 {
      visit.handle(.determination(.cuffPressure(mmHg: 16)))
      visit.pass(10)
    }
    #expect(visit.alarmSteps.contains("CUFF_STUCK raised high @\(start + 180)"))
    visit.handle(.determination(.cuffPressure(mmHg: 15)))
    #expect(visit.alarm(.cuffStuck) == nil)
  }

  @Test func `cuff that lets go in time, or never holds more, is not stuck`() {
    var visit = Visit.infusing()
    visit.forget()
    for second in 0..<60 {
      visit.handle(.determination(.cuffPressure(mmHg: second % 17 == 16 ? 15 : 140)))
      visit.pass(10)
    }
    for _ in 0..<60 {
      visit.handle(.determination(.cuffPressure(mmHg: 15)))
      visit.pass(10)
    }
    #expect(!visit.alarmSteps.contains { $0.hasPrefix("CUFF_STUCK") })
  }

  @Test func `cuff that is stuck stays so when its determination fails`() {
    var visit = Visit.infusing()
    visit.handle(.determination(.inflating))
    for _ in 0..<19 {
      visit.handle(.determination(.cuffPressure(mmHg: 150)))
      visit.pass(10)
    }
    visit.handle(.determination(.failed(.timeOut)))
    visit.pass(100)
    #expect(visit.alarm(.cuffStuck)?.priority == .high)
    visit.handle(.determination(.result(Visit.pressure(120, 76))))
    #expect(visit.alarm(.cuffStuck) == nil)
  }
}
