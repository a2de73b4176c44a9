@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 1.5: who may let a patient go although something is not met.
@Suite struct `A waiver` {
  /// Written out from the table of 1.5.
  static let never: Set<Criterion> = [
    .bpAge, .spo2, .activeAlarm, .aldrete, .orientation, .ivOut, .safety, .teaching, .fields,
  ]

  @Test(arguments: Criterion.allCases)
  func `is given for what the table allows, by a prescriber with a reason`(_ criterion: Criterion) {
    var visit = Visit.ready()
    #expect(visit.tell(.waive(criterion, reason: "x")) == [.notYourRole])
    // Nothing is amiss: neither ride-share nor drowsiness.
    let isConditional = criterion == .escort || criterion == .sedation
    let isRefused = Self.never.contains(criterion) || isConditional
    if !isRefused {
      #expect(visit.tell(.waive(criterion, reason: ""), by: "md1") == [.needsReason])
    }
    #expect(
      visit.tell(.waive(criterion, reason: "x"), by: "md1") == (isRefused ? [.notWaivable] : []))
    #expect(visit.monitor.signaturesRequired == (isRefused ? 1 : 2))
  }

  @Test func `lets a wheelchair pass, and asks for two signatures`() {
    var visit = Visit.ready()
    var gait = Assessment()
    gait.gait = .wheelchair
    visit.tell(.assess(gait))
    visit.pass(1)
    #expect(visit.phase == .observation)
    visit.tell(.waive(.gait, reason: "wheelchair to the car"), by: "md1")
    visit.pass(1)
    #expect(visit.phase == .readyForSignOff)
    let report = visit.monitor.criteria(at: visit.now)?.first { $0.criterion == .gait }
    #expect(report?.isMet == false && report?.isWaived == true && report?.value == "wheelchair")
    #expect(visit.tell(.sign).isEmpty && visit.phase == .readyForSignOff)
    #expect(visit.tell(.sign, by: "md1").isEmpty && visit.phase == .signedOff)
    #expect(visit.signatures.map(\.meaning) == [.observationComplete, .dischargeAuthorised])
  }

  @Test func `of the escort holds for a ride-share only`() {
    var visit = Visit.ready()
    visit.tell(.escort(.rideShare))
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [.escort])
    #expect(visit.tell(.waive(.escort, reason: "known to us"), by: "md1").isEmpty)
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [])
    visit.tell(.escort(.none))
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [.escort])
  }

  @Test func `of drowsiness holds for POSS 2 only`() {
    var visit = Visit.ready()
    var drowsy = Assessment()
    drowsy.poss = 2
    visit.tell(.assess(drowsy))
    #expect(visit.tell(.waive(.sedation, reason: "usual for him"), by: "md1").isEmpty)
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [])
    drowsy.poss = 3
    visit.tell(.assess(drowsy))
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [.sedation])
  }

  @Test(arguments: [(Route.iv40, true), (.im, true), (.spravato84, false), (.troche, false)])
  func `of the time is possible from 20 min on, on some routes`(route: Route, isWaivable: Bool) {
    var visit = Visit.observing(route: route)
    let ended = visit.monitor.session!.doseEndedAt!
    visit.pass(1199 - (visit.now - ended).wholeSeconds)
    let early = visit.tell(.waive(.time, reason: "storm"), by: "md1")
    #expect(early == [isWaivable ? .waiverFloor : .notWaivable])
    visit.pass(1)
    let late = visit.tell(.waive(.time, reason: "storm"), by: "md1")
    #expect(late == (isWaivable ? [] : [.notWaivable]))
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.time) == !isWaivable)
  }

  /// What a drug given besides asks for is not part of it.
  @Test func `of the time does not end the hold of a drug`() {
    var visit = Visit.observing()
    visit.pass(1260)
    visit.tell(.waive(.time, reason: "storm"), by: "md1")
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.time) == false)
    visit.tell(.medication(Medication(name: "midazolam", kind: .benzodiazepine)))
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.time) == true)
  }
}
