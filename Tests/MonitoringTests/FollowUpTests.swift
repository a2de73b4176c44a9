@testable import Monitoring
import Testing
import Vitals

/// After a worrying pressure the next one comes soon (`clinical.md` 2.4).
@Suite struct `After a worrying pressure` {
  /// A visit on a schedule far away, so that every start is the follow-up's.
  static func visit(hasCuff: Bool = true) -> Visit {
    var visit = Visit.infusing(hasCuff: hasCuff)
    visit.tell(.schedule(dueSeconds: [7000], startsByItself: true))
    visit.forget()
    return visit
  }

  /// Lets the cuff measure these pressures when it is started.
  ///
  /// Returns the seconds from the reading before to each start.
  static func starts(_ visit: inout Visit, _ pressures: [(Int, Int)]) -> [Int] {
    var gaps: [Int] = []
    for (systolic, diastolic) in pressures {
      let before = visit.now
      var patience = 1000
      while !visit.monitor.isCuffWorking, patience > 0 {
        visit.pass(1)
        patience -= 1
      }
      guard patience > 0 else { return gaps }
      gaps.append((visit.now - before).wholeSeconds)
      visit.pass(35)
      visit.handle(.determination(.result(Visit.pressure(systolic, diastolic))))
    }
    return gaps
  }

  static let quiet = [(120, 76), (120, 76), (120, 76)]

  @Test(arguments: [(182, 96), (150, 112), (78, 44), (98, 35)])
  func `that is critical it is rechecked within 2 min, then every 5 min until two are good`(
    pressure: (Int, Int)
  ) {
    var visit = Self.visit()
    visit.measure(pressure.0, pressure.1)
    // 98/35 has a mean of 56: low, not very low.
    let isCritical = pressure != (98, 35)
    let gaps = Self.starts(&visit, Self.quiet)
    #expect(gaps == [isCritical ? 60 : 300, 300])
    #expect(visit.orders == [isCritical ? .recheck : .followUp, .followUp])
    #expect(visit.monitor.nextPressureDue == visit.monitor.session!.doseStartedAt! + .seconds(7000))
  }

  @Test func `that stays critical there is one recheck, then every 5 min`() {
    var visit = Self.visit()
    visit.measure(186, 96)
    let gaps = Self.starts(&visit, [(184, 96), (186, 96), (162, 90), (120, 76), (120, 76)])
    #expect(gaps == [60, 300, 300, 300, 300])
    #expect(visit.orders == [.recheck, .followUp, .followUp, .followUp, .followUp])
  }

  @Test func `that comes back there is a recheck again`() {
    var visit = Self.visit()
    visit.measure(186, 96)
    let gaps = Self.starts(&visit, [(150, 90), (190, 96), (150, 90), (150, 90)])
    #expect(gaps == [60, 300, 60, 300])
    #expect(visit.orders == [.recheck, .followUp, .recheck, .followUp])
  }

  @Test(arguments: [(162, 90), (150, 101), (88, 62), (96, 48)])
  func `that is elevated or low it is measured every 5 min until two are good`(
    pressure: (Int, Int)
  ) {
    var visit = Self.visit()
    visit.measure(pressure.0, pressure.1)
    #expect(Self.starts(&visit, Self.quiet) == [300, 300])
  }

  @Test(arguments: [(159, 99), (90, 60), (150, 90)])
  func `that is none nothing follows`(pressure: (Int, Int)) {
    var visit = Self.visit()
    visit.measure(pressure.0, pressure.1)
    #expect(Self.starts(&visit, Self.quiet) == [])
  }

  @Test func `a reading by hand counts, and moves the next one`() {
    var visit = Self.visit()
    visit.measure(164, 90)
    visit.pass(200)
    visit.measure(130, 80)
    #expect(Self.starts(&visit, Self.quiet) == [300])
  }

  @Test func `nobody measures, it is overdue like any other`() {
    var visit = Self.visit(hasCuff: false)
    let begun = visit.seconds
    visit.measure(186, 96)
    visit.forget()
    visit.pass(400)
    let steps = visit.alarmSteps.filter { $0.hasPrefix("BP_OVERDUE") }
    #expect(
      steps == [
        "BP_OVERDUE raised low @\(begun + 180)", "BP_OVERDUE escalated medium @\(begun + 360)",
      ])
    visit.measure(150, 90)
    #expect(visit.alarm(.pressureOverdue) == nil)
  }

  @Test func `the cuff that fails is tried again by the rules of failures, not of rechecks`() {
    var visit = Self.visit()
    visit.measure(186, 96)
    for _ in 0..<900 {
      visit.pass(1)
      guard visit.monitor.isCuffWorking else { continue }
      visit.handle(.determination(.failed(.weakSignal)))
    }
    #expect(visit.orders == [.recheck, .retry, .retry])
  }

  @Test func `that was aborted nothing is repeated, whatever schedule follows`() {
    var visit = Self.visit()
    visit.measure(186, 96)
    visit.pass(60)
    visit.tell(.nibpAbort)
    visit.handle(.determination(.aborted))
    visit.tell(.schedule(dueSeconds: [6000], startsByItself: true))
    visit.pass(500)
    #expect(visit.orders == [.recheck, .operatorAbort])
    #expect(visit.alarm(.pressureOverdue)?.priority == .medium)
  }

  @Test func `a cuff that is to be started by hand is not started`() {
    var visit = Self.visit()
    visit.tell(.schedule(dueSeconds: [], startsByItself: false))
    visit.measure(186, 96)
    visit.pass(1000)
    #expect(visit.orders == [] && visit.monitor.nextPressureDue == nil)
  }

  @Test func `a patient who is away is left alone, and measured after the return`() {
    var visit = Visit.observing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [7000], startsByItself: true))
    visit.measure(186, 96)
    visit.tell(.patientAway(escort: StaffID("rn2")!))
    visit.forget()
    visit.pass(300, showing: nil)
    #expect(visit.orders == [])
    visit.tell(.patientReturned)
    visit.pass(299, showing: Visit.reading(97, 72))
    #expect(visit.orders == [])
    visit.pass(1)
    #expect(visit.orders == [.recheck])
  }

  @Test func `before the drug, too`() {
    var visit = Visit.baseline(hasCuff: true)
    visit.pass(10)
    visit.measure(184, 100)
    visit.pass(60)
    #expect(visit.orders == [.recheck])
  }
}
