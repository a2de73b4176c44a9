@testable import Monitoring
import Testing
import Vitals

/// `FROZEN`: numbers that do not change are no numbers (`clinical.md` 4.3).
@Suite struct `Frozen numbers` {
  /// The first sample of what follows comes a second after this.
  private static func still(perfusion: Int?, pleth: UInt16? = nil, for seconds: Int) -> Visit {
    var visit = Visit.baseline()
    visit.pass(3)
    visit.forget()
    visit.isFrozen = true
    var reading = Visit.reading(98, 72, perfusion: perfusion)
    reading.pleth = pleth
    visit.pass(seconds, showing: reading)
    return visit
  }

  @Test(arguments: [(Optional(200), UInt16?.none), (nil, 77), (200, 77)])
  func `with a witness are LOW after 60 s and MEDIUM after 120 s`(pi: Int?, pleth: UInt16?) {
    let visit = Self.still(perfusion: pi, pleth: pleth, for: 130)
    #expect(
      visit.alarmSteps == ["FROZEN raised low @64.0", "FROZEN escalated medium @124.0"])
  }

  @Test func `without a witness are LOW after 180 s, and no more`() {
    let visit = Self.still(perfusion: nil, for: 600)
    #expect(visit.alarmSteps == ["FROZEN raised low @184.0"])
  }

  @Test(arguments: [0, 1, 2, 3])
  func `are not frozen while one of them moves`(which: Int) {
    var visit = Visit.baseline()
    visit.pass(3)
    visit.forget()
    visit.isFrozen = true
    for second in 0..<400 {
      let step = second / 7 % 2
      var reading = Visit.reading(
        which == 0 ? 97 + step : 98, which == 1 ? 72 + step : 72,
        perfusion: which == 2 ? 200 + step : 200)
      reading.pleth = which == 3 ? UInt16(step) : nil
      visit.pass(1, showing: reading)
    }
    #expect(visit.alarmSteps == [])
  }

  @Test func `end once they have moved for 5 s`() {
    var visit = Self.still(perfusion: 200, for: 70)
    #expect(visit.alarm(.frozen)?.priority == .low)
    visit.isFrozen = false
    visit.pass(6)
    #expect(visit.alarm(.frozen) == nil)
  }

  @Test func `are found anew after a gap, and stay found through one`() {
    var visit = Self.still(perfusion: 200, for: 50)
    visit.pass(14, showing: Visit.reading(nil, nil, .searching))
    visit.pass(59, showing: Visit.reading(98, 72, perfusion: 200))
    #expect(visit.alarm(.frozen) == nil)
    visit.pass(2)
    #expect(visit.alarm(.frozen)?.priority == .low)
    visit.pass(40, showing: Visit.reading(nil, nil, .searching))
    #expect(visit.alarm(.frozen)?.presence == .active)
  }
}
