@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 1.2 and 1.7: transfer, leaving, reopening, and what is written afterwards.
@Suite struct `After the fact` {
  static let nurse = StaffID("rn1")!

  @Test func `a patient who is transferred is watched until the handover is done`() {
    var visit = Visit.infusing()
    #expect(visit.tell(.transfer(destination: "ED")).isEmpty)
    #expect(visit.phase == .transferred && visit.monitor.session?.isMonitored == true)
    visit.pass(20, showing: Visit.reading(85, 72))
    #expect(visit.alarm(.spo2VeryLow) != nil)
    #expect(visit.tell(.acknowledge(nil)).isEmpty)
    #expect(visit.tell(.checkIn(route: .iv40, patient: nil)) == [.handoverPending])
    #expect(visit.tell(.book(route: .iv40, patient: nil)) == [.handoverPending])
    #expect(visit.tell(.doseStart(route: nil)) == [.wrongPhase])
    #expect(visit.tell(.handoverDone()) == [.needsNote])
    #expect(visit.tell(.handoverDone(note: "HR 72")).isEmpty)
    #expect(visit.monitor.activeAlarms.isEmpty && visit.monitor.session?.isMonitored == false)
    #expect(visit.tell(.acknowledge(nil)) == [.wrongPhase])
    #expect(visit.tell(.handoverDone(note: "again")) == [.handedOver])
    // The second signature is a prescriber's.
    #expect(visit.tell(.sign, by: "rn2") == [.needsPrescriber])
    #expect(visit.tell(.sign, by: "md1").isEmpty)
    #expect(visit.tell(.sign, by: "md2") == [.wrongPhase])
    #expect(visit.signatures.filter(\.isAccepted).map(\.meaning) == [.transfer, .transfer])
    #expect(visit.tell(.checkIn(route: .iv40, patient: nil)).isEmpty)
  }

  @Test func `leaving against advice needs the advice, and is signed`() {
    var visit = Visit.infusing()
    #expect(visit.tell(.leaveAMA(reason: "goes", adviceGiven: false)) == [.needsAdvice])
    #expect(visit.phase == .infusing)
    visit.tell(.leaveAMA(reason: "goes", adviceGiven: true, refusalForm: true))
    #expect(visit.phase == .leftAMA)
    #expect(visit.audits.contains(.leftAgainstAdvice(refusalForm: true, by: Self.nurse)))
    #expect(visit.signatures.last?.meaning == .leftAgainstAdvice)
  }

  @Test(arguments: [
    (900, false, []), (901, false, [Refusal.Reason.tooLate]), (9, true, [.departed]),
  ])
  func `a signed record is reopened for 15 min, until the patient has left`(
    wait: Int, hasLeft: Bool, reasons: [Refusal.Reason]
  ) {
    var visit = Visit.at(.signedOff)
    visit.pass(wait - 3)
    visit.skip(.seconds(3))
    if hasLeft { visit.tell(.departed(with: "sister")) }
    #expect(visit.tell(.reopenClinical(reason: "dizzy")) == reasons)
    #expect(visit.phase == (reasons.isEmpty ? .observation : .signedOff))
  }

  @Test func `a reopened record has a new revision, and its old signatures are superseded`() {
    var visit = Visit.at(.signedOff)
    visit.pass(60)
    #expect(visit.tell(.reopenClinical(reason: "")) == [.needsReason])
    visit.tell(.reopenClinical(reason: "dizzy"))
    let session = visit.monitor.session!
    #expect(session.revision == 2 && session.allSignatures.map(\.isSuperseded) == [true])
    #expect(!session.isAwaitingSecondSignature)
    // Watched again, without credit for the time between.
    visit.pass(20, showing: Visit.reading(85, 72))
    #expect(visit.alarm(.spo2VeryLow) != nil)
    let clock = visit.monitor.session!.clock!
    #expect(clock.elapsed(at: visit.now) - clock.credit(at: visit.now) >= .seconds(60))
  }

  @Test func `a second signature that comes after a regression begins anew, which is on record`() {
    var visit = Visit.ready(route: .spravato56)
    visit.tell(.sign)
    visit.pass(5, showing: nil)
    #expect(
      visit.audits.contains(.signaturesVoided([Self.nurse], why: .criterion(.spo2))))
    #expect(visit.monitor.session?.allSignatures.map(\.isSuperseded) == [true])
  }

  @Test func `a value typed wrong is superseded, and both stay`() {
    var visit = Visit.ready()
    visit.measure(170, 78)
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.bpRange) == true)
    let number = visit.monitor.readings.count
    visit.tell(.correction(reading: number, Visit.pressure(120, 78), reason: "typing"))
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.bpRange) == false)
    let reading = visit.monitor.readings[number - 1]
    #expect(reading.pressure.systolic == 120 && reading.superseded.map(\.systolic) == [170])
    #expect(
      visit.tell(.correction(reading: 99, Visit.pressure(120, 78), reason: "x"))
        == [.noSuchReading])
  }

  @Test func `a device's value is annotated, never changed`() {
    var visit = Visit.ready(hasCuff: true)
    visit.handle(.determination(.inflating))
    visit.handle(.determination(.result(Visit.pressure(150, 90))))
    let number = visit.monitor.readings.count
    #expect(
      visit.tell(.correction(reading: number, Visit.pressure(120, 78), reason: "x"))
        == [.deviceReading])
    #expect(visit.tell(.annotate(.reading(number), reason: "moved")).isEmpty)
    #expect(visit.monitor.readings[number - 1].isArtefact)
    #expect(visit.monitor.pressures.last?.reading.systolic == 150)
  }

  @Test(arguments: [(900, false), (901, true)])
  func `an entry is late after 15 min`(secondsAgo: Int, isLate: Bool) {
    var visit = Visit.at(.signedOff)
    visit.tell(.lateEntry("restless", secondsAgo: secondsAgo, reason: "busy"))
    #expect(
      visit.audits == [
        .lateEntry(
          "restless", secondsAgo: secondsAgo, isLate: isLate, by: Self.nurse, reason: "busy")
      ])
  }

  @Test func `another nurse signs alone only after a handover`() {
    var visit = Visit.ready()
    #expect(visit.tell(.sign, by: "rn2").isEmpty)
    #expect(visit.phase == .readyForSignOff && visit.monitor.signaturesRequired == 2)
    visit = .ready()
    visit.tell(.handover(to: StaffID("rn2")!))
    #expect(visit.tell(.sign, by: "rn2").isEmpty && visit.phase == .signedOff)
    visit = .ready()
    #expect(visit.tell(.handover(to: StaffID("as1")!)) == [.notANurse])
  }

  @Test func `two sign after a rescue drug or a clinical stop, one after the patient's wish`() {
    var visit = Visit.infusing()
    visit.tell(.medication(Medication(name: "labetalol", kind: .antihypertensive)))
    #expect(visit.monitor.secondSignatureReasons == [.rescueDrug])
    for (cause, reasons) in [
      (StopCause.clinical, [SecondSignature.stoppedEarly]), (.patientRequest, []),
    ] {
      visit = .infusing()
      visit.tell(.doseEnd(.stoppedEarly, cause: cause, reason: "x"))
      #expect(visit.monitor.secondSignatureReasons == reasons)
    }
  }

  @Test func `a preset is tightened by a nurse, loosened by a prescriber`() {
    var visit = Visit.observing()
    let more = Command.preset(.requiredMinutes, value: "45", reason: "frail")
    #expect(visit.tell(more).isEmpty)
    #expect(visit.monitor.session?.clock?.required == .seconds(2700))
    let less = Command.preset(.requiredMinutes, value: "25", reason: "well")
    #expect(visit.tell(less) == [.needsPrescriber])
    #expect(visit.tell(less, by: "md1").isEmpty)
    #expect(
      visit.tell(.preset(.requiredMinutes, value: "19", reason: "x"), by: "md1") == [.outOfRange])
    visit = .observing(route: .spravato84)
    #expect(
      visit.tell(.preset(.requiredMinutes, value: "119", reason: "x"), by: "md1") == [.outOfRange])
    #expect(visit.tell(.preset(.signatures, value: "1", reason: "x"), by: "md1") == [.outOfRange])
  }
}
