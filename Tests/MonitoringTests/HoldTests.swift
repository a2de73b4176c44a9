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

  /// By a prescriber with a second reading, once it is hard.
  @Test func `that is hard needs a second reading to be cleared`() {
    var visit = Visit.baseline()
    visit.measure(85, 60)
    visit.pass(10)
    #expect(visit.tell(.holdCleared(reason: "well"), by: "md1") == [.secondReading])
    visit.measure(112, 70)
    #expect(visit.tell(.holdCleared(reason: "well"), by: "md1").isEmpty)
    #expect(
      visit.audits.last
        == .holdCleared(
          .hard, by: StaffID("md1")!, reason: "well", reading: Visit.pressure(112, 70)))
    #expect(visit.monitor.session?.hold == nil)
  }

  @Test(arguments: [(299, false), (300, true)])
  func `for a review is lifted by two normal readings 5 min apart`(wait: Int, isLifted: Bool) {
    var visit = Visit.baseline()
    visit.measure(150, 80)
    visit.pass(60)
    visit.measure(130, 80)
    visit.pass(wait)
    visit.measure(128, 78)
    #expect((visit.monitor.session?.hold == nil) == isLifted)
    #expect(
      visit.audits.contains(
        .holdCleared(.review, by: .system, reason: "two normal readings 5 min apart"))
        == isLifted)
  }

  @Test func `is not lifted by normal readings with a bad one between, nor when it is hard`() {
    var visit = Visit.baseline()
    visit.measure(150, 80)
    for systolic in [130, 150, 130] {
      visit.pass(200)
      visit.measure(systolic, 80)
    }
    #expect(visit.monitor.session?.hold == .review)
    visit = .baseline()
    visit.measure(85, 60)
    for _ in 0..<3 {
      visit.pass(200)
      visit.measure(120, 76)
    }
    #expect(visit.monitor.session?.hold == .hard)
  }

  /// Esketamine trials withheld the dose above 150 mmHg over 65 years (`clinical.md` 2.5).
  @Test(arguments: [
    (Route.spravato84, Optional(66), 150, false), (.spravato84, 66, 151, true),
    (.spravato84, 65, 141, true),
    (.iv40, 80, 141, true), (.spravato56, nil, 141, true),
  ])
  func `for esketamine begins later over 65 years`(
    route: Route, age: Int?, systolic: Int, isHeld: Bool
  ) {
    var visit = Visit.baseline(route: route)
    var chart = Chart()
    chart[.age] = age.map { .number($0) }
    visit.tell(.chart(chart))
    visit.measure(systolic, 80)
    #expect((visit.monitor.session?.hold != nil) == isHeld)
  }

  @Test(arguments: ChecklistItem.allCases, ChecklistAnswer.allCases)
  func `follows the checklist`(item: ChecklistItem, answer: ChecklistAnswer) {
    var visit = Visit.baseline()
    visit.tell(.checklist([item: answer]))
    let isStop = item == .intoxication || item == .newPsychosis
    let expected: HoldClass? =
      answer == .no ? nil : answer == .yes && isStop ? .stop : .review
    #expect(visit.monitor.session?.hold == expected)
    // Normal pressures say nothing of it.
    for _ in 0..<2 {
      visit.measure(120, 76)
      visit.pass(300)
    }
    #expect(visit.monitor.session?.hold == expected)
  }

  @Test func `asks for another pressure 5 min later`() {
    var visit = Visit.baseline(hasCuff: true)
    visit.measure(150, 80)
    #expect(visit.monitor.nextPressureDue == visit.now + .seconds(300))
    visit.pass(299)
    #expect(visit.orders == [])
    visit.pass(1)
    #expect(visit.orders == [.scheduledStart])
  }
}
