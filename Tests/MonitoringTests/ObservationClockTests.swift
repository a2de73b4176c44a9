@testable import Monitoring
import TestKit
import Testing
import Vitals

/// `clinical.md` 1.4.
@Suite struct `The observation clock` {
  // remaining = max(required - elapsed, required - 5 min - credit, holdUntil - now, 0)
  @Test(arguments: seeds(50))
  func `follows its formula, whatever stops the credit`(seed: UInt64) {
    var random = Seeded(seed)
    let (required, slack) = (1800, 300)
    var clock = ObservationClock(
      anchor: .seconds(100), required: .seconds(required), slack: .seconds(slack),
      isCrediting: true)
    var (credit, isCrediting, hold) = (0, true, 0)
    for second in 1...3000 {
      if isCrediting { credit += 1 }
      let now = Instant.seconds(100 + second)
      if Int.random(in: 0..<200, using: &random) == 0 {
        isCrediting.toggle()
        clock.setCrediting(isCrediting, at: now)
      }
      if Int.random(in: 0..<1000, using: &random) == 0 {
        let until = second + Int.random(in: 0...900, using: &random)
        hold = max(hold, until)
        clock.hold(until: .seconds(100 + until))
      }
      let remaining = max(required - second, required - slack - credit, hold - second, 0)
      #expect(clock.remaining(at: now) == .seconds(remaining), "seed \(seed), second \(second)")
      #expect(clock.elapsed(at: now) == .seconds(second))
      #expect(clock.credit(at: now) == .seconds(credit))
    }
  }

  /// Scene S09: anchor 40:00, away 50:00 to 57:00; C01 turns true at 72:00, not at 70:00.
  @Test func `of a patient who was away for 7 min ends 2 min later`() {
    var clock = ObservationClock(
      anchor: .seconds(2400), required: .seconds(1800), slack: .seconds(300), isCrediting: true)
    clock.setCrediting(false, at: .seconds(3000))
    clock.setCrediting(true, at: .seconds(3420))
    #expect(clock.remaining(at: .seconds(4200)) == .seconds(120))
    #expect(clock.remaining(at: .seconds(4319)) == .seconds(1))
    #expect(clock.remaining(at: .seconds(4320)) == .zero)
  }

  @Test(arguments: [(299, 0), (300, 0), (301, 1), (420, 120)])
  func `forgives 5 min away`(away: Int, late: Int) {
    var visit = Visit.observing()
    let anchor = visit.monitor.session!.clock!.anchor
    visit.pass(600)
    visit.tell(.patientAway(escort: StaffID("rn1")!))
    visit.pass(away)
    visit.tell(.patientReturned)
    visit.pass(1799 + late - (visit.now - anchor).wholeSeconds)
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.time) == true)
    visit.pass(1)
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.time) == false)
  }

  @Test func `credits a loss of the signal up to a minute, and one that was answered`() {
    for (loss, isAnswered, missing) in [(59, false, 0), (90, false, 30), (900, true, 50)] {
      var visit = Visit.observing()
      visit.pass(100)
      visit.shown = nil
      visit.pass(loss == 900 ? 110 : loss)
      if isAnswered {
        visit.tell(.acknowledge(.noData))
        visit.pass(loss - 110)
      }
      visit.pass(20, showing: Visit.reading(97, 72))
      let clock = visit.monitor.session!.clock!
      let short = clock.elapsed(at: visit.now) - clock.credit(at: visit.now)
      // The loss is noticed when the last number is 3 s old.
      #expect(abs(short.wholeSeconds - max(0, missing - 2)) <= 3, "\(loss) s: \(short)")
    }
  }

  @Test(arguments: [(1, true), (60, true), (0, false), (61, false), (-5, false)])
  func `is extended by 1 to 60 min, never shortened`(minutes: Int, isTaken: Bool) {
    var visit = Visit.ready()
    #expect(visit.tell(.extend(minutes: minutes, reason: "drowsy")).isEmpty == isTaken)
    visit.pass(1)
    #expect((visit.phase == .observation) == isTaken)
    visit.tell(.extend(minutes: 1, reason: "less"))
    let remaining = visit.monitor.session!.clock!.remaining(at: visit.now)
    if isTaken { #expect(remaining >= .seconds(minutes * 60 - 1)) }
  }

  @Test(arguments: [
    (Route.iv40, 30), (.iv45, 30), (.iv60slow, 45), (.im, 90), (.spravato56, 120),
    (.spravato84, 120), (.nasalCompounded, 120), (.troche, 120),
  ])
  func `asks for what the route asks for, from its anchor`(route: Route, minutes: Int) {
    let visit = Visit.observing(route: route)
    let clock = visit.monitor.session?.clock
    #expect(clock?.required == .seconds(minutes * 60))
    let start = visit.monitor.session?.doseStartedAt
    let isFromStart = !route.isIntravenous
    #expect((clock?.anchor == start) == isFromStart)
  }

  @Test func `tells when the patient is away for more than 10 min`() {
    var visit = Visit.observing()
    visit.tell(.patientAway(escort: StaffID("rn1")!))
    let left = visit.seconds
    visit.forget()
    visit.pass(700, showing: nil)
    #expect(visit.alarmSteps == ["AWAY_LONG raised medium @\(left + 600)"])
    visit.tell(.patientReturned)
    #expect(visit.alarm(.awayLong) == nil)
  }

  @Test(arguments: [
    (MedicationClass.antiemetic, 15), (.antihypertensive, 60), (.benzodiazepine, 60),
    (.reversal, 120), (.analgesic, 0), (.other, 0),
  ])
  func `runs on after a drug given besides`(kind: MedicationClass, minutes: Int) {
    var visit = Visit.ready()
    visit.tell(.medication(Medication(name: "x", kind: kind)))
    #expect(visit.monitor.session?.clock?.remaining(at: visit.now) == .seconds(minutes * 60))
    // And one given while the drug ran counts from when it was given.
    visit = .infusing()
    visit.tell(.medication(Medication(name: "x", kind: kind)))
    let given = visit.now
    visit.pass(60)
    visit.tell(.doseEnd(.completed))
    #expect(
      visit.monitor.session?.clock?.remaining(at: visit.now)
        == max(.seconds(1800), given + .seconds(minutes * 60) - visit.now))
  }

  @Test func `of an injection runs 30 min past its window, however late that is ended`() {
    for (doseMinutes, remaining) in [(10, 60 * 60 + 20 * 60), (75, 30 * 60)] {
      var visit = Visit.accepted(route: .im)
      visit.tell(.doseStart(route: nil))
      visit.pass(doseMinutes * 60)
      visit.tell(.doseEnd(.completed))
      let left = visit.monitor.session!.clock!.remaining(at: visit.now)
      #expect(left == .seconds(remaining), "\(doseMinutes)")
    }
  }

  @Test func `of a nasal dose counts from the first device`() {
    var visit = Visit.accepted(route: .spravato56)
    visit.tell(.doseStart(route: nil))
    visit.pass(120)
    #expect(visit.tell(.nasalDevice(number: 2)) == [.wrongDevice])
    #expect(visit.tell(.nasalDevice(number: 1)).isEmpty)
    let first = visit.now
    visit.pass(300)
    #expect(visit.tell(.nasalDevice(number: 2)).isEmpty)
    #expect(visit.tell(.nasalDevice(number: 3)) == [.wrongDevice])
    #expect(visit.monitor.session?.clock?.anchor == first)
    #expect(visit.monitor.nextPressureDue == first + .seconds(2400))
  }

  /// Credit changes by exactly the seconds of the gap; an uncertain one does not count at all.
  @Test(arguments: [(30, true), (60, true), (61, true), (300, true), (1, false), (300, false)])
  func `gives no credit for a gap in watching`(gap: Int, isCertain: Bool) {
    var visit = Visit.observing()
    visit.pass(200)
    let before = visit.monitor.session!.clock!
    let since = visit.now
    visit.skip(.seconds(gap))
    visit.handle(.interrupted(since: since, isCertain: isCertain))
    let clock = visit.monitor.session!.clock!
    let isCredited = isCertain && gap <= 60
    #expect(
      clock.credit(at: visit.now) - before.credit(at: since) == .seconds(isCredited ? gap : 0))
    #expect(
      clock.elapsed(at: visit.now) - before.elapsed(at: since) == .seconds(isCertain ? gap : 0))
    let isUnmet = visit.monitor.unmetCriteria(at: visit.now)?.contains(.clock) == true
    #expect(isUnmet == (!isCertain && gap > 60))
  }

  @Test func `waits for 5 min of gapless SpO2 after a return`() {
    var visit = Visit.ready()
    visit.tell(.patientAway(escort: StaffID("rn1")!))
    visit.pass(20)
    visit.tell(.patientReturned)
    visit.pass(200)
    visit.pass(10, showing: Visit.reading(nil, nil, .searching))
    visit.pass(299, showing: Visit.reading(97, 72))
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.spo2) == true)
    visit.pass(2)
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.spo2) == false)
  }
}
