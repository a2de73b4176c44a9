@testable import Monitoring
import Testing
import Vitals

/// The rules on breathing (`clinical.md` 2.2), by monitor and by hand.
@Suite struct `Breathing` {
  static let nurse = StaffID("rn1")!

  static func rows(_ rate: Int) -> [(id: AlarmID, priority: Priority, delay: Int)] {
    [
      rate < 8 ? (.respirationVeryLow, .high, 15) : nil,
      rate < 10 ? (.respirationLow, .medium, 20) : nil,
      rate > 25 ? (.respirationHigh, .low, 60) : nil,
    ].compactMap(\.self)
  }

  private static func visit() -> Visit {
    var visit = Visit.infusing()
    visit.forget()
    return visit
  }

  @Test(arguments: [0, 3, 7, 8, 9, 10, 25, 26, 60, 120])
  func `by a monitor raises after the delay and clears after 5 s`(rate: Int) {
    var visit = Self.visit()
    let start = visit.seconds + 1
    func flow(_ rate: Int, _ seconds: Int) {
      for _ in 0..<seconds {
        visit.pass(1)
        visit.handle(.respiration(RespirationRate(perMinute: rate)!, by: nil))
      }
    }
    flow(rate, 70)
    flow(14, 7)
    let expected = Self.rows(rate).flatMap { row in
      [
        "\(row.id.rawValue) raised \(row.priority.name) @\(start + Double(row.delay))",
        "\(row.id.rawValue) cleared \(row.priority.name) @\(start + 75)",
      ]
    }
    #expect(visit.alarmSteps.sorted() == expected.sorted())
  }

  @Test(arguments: [0, 7, 8, 9, 10, 25, 26, 120])
  func `by hand raises and clears at once, and is on record`(rate: Int) {
    var visit = Self.visit()
    let now = visit.seconds
    visit.handle(.respiration(RespirationRate(perMinute: rate)!, by: Self.nurse))
    #expect(
      visit.alarmSteps
        == Self.rows(rate).map { "\($0.id.rawValue) raised \($0.priority.name) @\(now)" })
    #expect(
      visit.audits == [
        .respirationCounted(RespirationRate(perMinute: rate)!, by: Self.nurse)
      ])
    visit.pass(900)
    #expect(visit.monitor.activeAlarms.count == Self.rows(rate).count)
    visit.handle(.respiration(RespirationRate(perMinute: 14)!, by: Self.nurse))
    #expect(visit.monitor.activeAlarms == [])
  }

  @Test func `of which no more is heard raises nothing, and ends nothing`() {
    var visit = Self.visit()
    visit.handle(.respiration(RespirationRate(perMinute: 6)!, by: nil))
    visit.pass(300)
    #expect(visit.alarmSteps == [])
    for _ in 0..<30 {
      visit.pass(1)
      visit.handle(.respiration(RespirationRate(perMinute: 6)!, by: nil))
    }
    #expect(visit.alarm(.respirationVeryLow)?.priority == .high)
    visit.pass(600)
    visit.tell(.acknowledge(nil))
    #expect(visit.alarm(.respirationVeryLow)?.presence == .active)
  }
}
