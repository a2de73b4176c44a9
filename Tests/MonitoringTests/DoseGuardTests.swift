@testable import Monitoring
import Testing
import Vitals

/// What must be so before a drug is given (`clinical.md` 1.2), one guard at a time.
@Suite struct `A dose` {
  struct Case: Sendable, CustomTestStringConvertible {
    let says: String
    let reasons: [Refusal.Reason]
    let spoil: @Sendable (inout Visit) -> Void
    var testDescription: String { says }

    init(
      _ says: String, _ reasons: [Refusal.Reason],
      _ spoil: @escaping @Sendable (inout Visit) -> Void
    ) {
      (self.says, self.reasons, self.spoil) = (says, reasons, spoil)
    }
  }

  static let cases = [
    Case("all is well", []) { _ in },
    Case("baseline 15 min old", []) { visit in
      visit.pass(594)
      visit.measure(120, 76)
      visit.pass(301)
    },
    Case("baseline older", [.baseline]) { visit in
      visit.pass(594)
      visit.measure(120, 76)
      visit.pass(302)
    },
    Case("hold", [.hold]) { $0.tell(.holdDeclared(reason: "drunk")) },
    Case("hold cleared", []) { visit in
      visit.tell(.holdDeclared(reason: "drunk?"))
      visit.tell(.holdCleared(reason: "seen"), by: "md1")
    },
    Case("sensor off", [.noLiveSpO2]) { $0.pass(1, showing: Visit.reading(nil, nil, .sensorOff)) },
    Case("oximeter silent", [.noLiveSpO2]) { $0.pass(3, showing: nil) },
    Case("oximeter silent for 2 s", []) { $0.pass(2, showing: nil) },
    Case("pressure 10 min old", []) { $0.pass(595) },
    Case("pressure older", [.noRecentPressure]) { $0.pass(596) },
    Case("no station", [.noStation]) { $0.handle(.stations(0)) },
    Case("HIGH alarm", [.highAlarm]) { $0.pass(5, showing: Visit.reading(85, 72)) },
    Case("HIGH alarm latched", []) { visit in
      visit.pass(5, showing: Visit.reading(85, 72))
      visit.pass(10, showing: Visit.reading(97, 72))
    },
    Case("MEDIUM alarm", []) { $0.pass(12, showing: Visit.reading(91, 72)) },
    Case("an item of the checklist is open", [.checklist]) { visit in
      visit.tell(.abort(reason: "wrong chair"))
      visit.tell(.checkIn(route: .iv40, patient: nil))
      visit.tell(.checklist([.seizures: .no]))
      visit.pass(10)
      visit.measure(120, 76)
      visit.pass(90)
      visit.measure(120, 76)
      visit.tell(.baselineAccepted)
      visit.tell(.escort(.responsibleAdult))
      visit.pass(1)
    },
    Case("no escort", [.escort]) { $0.tell(.escort(.none)) },
    Case("escort to be confirmed", []) { $0.tell(.escort(.toBeConfirmed)) },
    Case("everything", [.baseline, .hold, .noLiveSpO2, .noRecentPressure, .noStation, .escort]) {
      visit in
      visit.tell(.holdDeclared(reason: "drunk"))
      visit.tell(.escort(.none))
      visit.handle(.stations(0))
      visit.pass(901, showing: nil)
    },
  ]

  @Test(arguments: cases)
  func `starts only when every guard is met`(_ one: Case) {
    var visit = Visit.accepted()
    one.spoil(&visit)
    #expect(visit.tell(.doseStart(route: nil)) == one.reasons)
    #expect((visit.phase == .infusing) == one.reasons.isEmpty)
  }

  @Test func `needs a baseline and an escort at all`() {
    var visit = Visit.baseline()
    visit.pass(70)
    visit.measure(120, 76)
    #expect(visit.tell(.doseStart(route: nil)) == [.baseline, .escort])
  }

  @Test(arguments: [
    ([(60, 120, 76)], 0, [Refusal.Reason.baselinePressures]),
    ([(60, 120, 76), (59, 121, 77)], 0, [.baselinePressures]),
    ([(60, 120, 76), (60, 121, 77)], 0, []),
    ([(60, 120, 76), (60, 130, 77)], 0, []),
    ([(60, 120, 76), (60, 131, 77)], 0, [.baselinePressures]),
    ([(60, 120, 76), (60, 131, 77), (60, 133, 78)], 0, []),
  ])
  func `follows a baseline of two pressures a minute apart that agree, or three`(
    pressures: [(Int, Int, Int)], _: Int, reasons: [Refusal.Reason]
  ) {
    var visit = Visit.baseline()
    for (wait, systolic, diastolic) in pressures {
      visit.pass(wait)
      visit.measure(systolic, diastolic)
    }
    #expect(visit.tell(.baselineAccepted) == reasons)
  }

  /// Minutes of sitting quietly before check-in, seconds from there to the first pressure.
  @Test(arguments: [(0, 179, false), (0, 180, true), (2, 59, false), (2, 60, true), (3, 1, true)])
  func `follows a baseline of pressures after 3 min of sitting quietly`(
    minutes: Int, wait: Int, counts: Bool
  ) {
    var visit = Visit()
    visit.tell(.checkIn(route: .iv40, patient: nil, seatedMinutes: minutes))
    visit.pass(wait)
    visit.measure(120, 76)
    visit.pass(60)
    visit.measure(121, 77)
    #expect(visit.tell(.baselineAccepted) == (counts ? [] : [.seatedRest]))
    visit.pass(60)
    visit.measure(122, 78)
    #expect(visit.tell(.baselineAccepted) == [])
    #expect(visit.monitor.session?.baseline?.systolic == 122)
  }

  @Test func `follows a baseline of 60 valid seconds`() {
    var visit = Visit.baseline()
    visit.pass(59)
    visit.measure(120, 76)
    visit.pass(60, showing: Visit.reading(nil, nil, .searching))
    visit.measure(121, 77)
    #expect(visit.tell(.baselineAccepted) == [.baselineSamples])
    visit.pass(1, showing: Visit.reading(96, 71))
    #expect(visit.tell(.baselineAccepted).isEmpty)
    let own = visit.monitor.session?.baseline
    #expect(own == Baseline(spo2: 97, pulseRate: 72, systolic: 121, diastolic: 77))
  }

  @Test func `given again is a prescriber's decision, and restarts the observation`() {
    var visit = Visit.observing()
    visit.measure(120, 76)
    let again = Command.doseStart(route: nil, reason: "no effect")
    #expect(visit.tell(again) == [.needsPrescriber])
    for reason in [nil, ""] {
      let refused = visit.tell(.doseStart(route: nil, reason: reason), by: "md1")
      #expect(refused == [.needsReason])
    }
    visit.forget()
    visit.tell(again, by: "md1")
    #expect(visit.phase == .infusing && visit.monitor.session?.clock == nil)
    let told = visit.events.compactMap {
      if case .session(let change) = $0.event { change.reason } else { nil }
    }
    #expect(told == ["iv40, no effect"])
    visit.tell(.doseEnd(.completed))
    #expect(visit.monitor.session?.clock?.anchor == visit.now)
  }

  /// While away nothing is judged; with the drug running that must not be.
  @Test func `is not given to a patient who is away`() {
    var visit = Visit.observing()
    visit.measure(120, 76)
    visit.tell(.patientAway(escort: StaffID("rn2")!))
    visit.pass(5)
    #expect(visit.tell(.doseStart(route: nil, reason: "x"), by: "md1") == [.away])
  }

  @Test func `that was stopped early asks for two signatures, whatever follows`() {
    var visit = Visit.infusing()
    visit.tell(.doseEnd(.stoppedEarly))
    #expect(visit.monitor.signaturesRequired == 2)
    visit.pass(5)
    #expect(visit.tell(.doseStart(route: nil, reason: "x"), by: "md1").isEmpty)
    visit.tell(.doseEnd(.completed))
    #expect(visit.monitor.signaturesRequired == 2)
  }

  @Test func `is paused and resumed in turn`() {
    var visit = Visit.infusing()
    #expect(visit.tell(.doseResume) == [.doseNotPaused])
    #expect(visit.tell(.dosePause).isEmpty)
    #expect(visit.tell(.dosePause) == [.dosePaused])
    #expect(visit.tell(.doseResume).isEmpty && visit.phase == .infusing)
  }
}
