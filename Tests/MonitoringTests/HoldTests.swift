@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 2.5.
@Suite struct `A hold before the drug` {
  @Test(arguments: [
    (140, 90, nil), (141, 80, HoldClass.review), (120, 91, .review), (159, 99, .review),
    (160, 80, .review), (179, 109, .review), (180, 80, .stop), (120, 110, .stop), (89, 60, .hard),
    (90, 60, nil),
  ])
  func `follows one pressure`(systolic: Int, diastolic: Int, hold: HoldClass?) {
    let reading = Visit.pressure(systolic, diastolic)
    #expect(HoldClass.calledFor(by: reading, earlier: nil) == hold)
    var visit = Visit.baseline()
    visit.measure(systolic, diastolic)
    #expect(visit.monitor.session?.hold == hold)
  }

  @Test func `is hard when two pressures 5 min apart are high`() {
    for (wait, hold) in [(299, HoldClass.review), (300, .hard)] {
      var visit = Visit.baseline()
      visit.measure(165, 95)
      visit.pass(wait)
      visit.measure(150, 100)
      #expect(visit.monitor.session?.hold == hold)
    }
  }

  @Test(arguments: [
    (93, 72, HoldClass.review), (94, 72, nil), (91, 72, .hard), (92, 72, .review), (89, 72, .stop),
    (90, 72, .hard), (98, 49, .review), (98, 50, nil), (98, 110, nil), (98, 111, .review),
    (98, 120, .review), (98, 121, .hard),
  ])
  func `follows the oximeter baseline`(spo2: Int, pulse: Int, hold: HoldClass?) {
    let own = Baseline(spo2: spo2, pulseRate: pulse, systolic: 120, diastolic: 76)
    #expect(HoldClass.calledFor(by: own) == hold)
  }

  @Test func `of class stop is not cleared today`() {
    var visit = Visit.baseline()
    visit.measure(182, 90)
    #expect(visit.tell(.holdCleared(reason: "rested"), by: "md1") == [.hold])
    #expect(visit.tell(.abort(reason: "pressure")).isEmpty)
  }

  @Test func `needs a reason to be cleared, and a prescriber`() {
    var visit = Visit.baseline()
    visit.tell(.holdDeclared(reason: "alcohol?"))
    #expect(visit.tell(.holdCleared(reason: "seen")) == [.notYourRole])
    #expect(visit.tell(.holdCleared(reason: ""), by: "md1") == [.needsReason])
    #expect(visit.tell(.holdCleared(reason: "seen"), by: "md1").isEmpty)
  }

  /// What a person has to say is kept even when a hold is in force already.
  @Test func `declared over another is on record and weakens nothing`() {
    var visit = Visit.baseline()
    visit.measure(182, 90)
    visit.forget()
    #expect(visit.tell(.holdDeclared(reason: "chest pain")).isEmpty)
    #expect(visit.monitor.session?.hold == .stop)
    #expect(
      visit.audits == [.holdDeclared(.stop, by: StaffID("rn1")!, reason: "chest pain")])
  }
}
