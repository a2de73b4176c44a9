@testable import Monitoring
import Testing
import Vitals

/// Cuff, finger and infusion (`clinical.md` 4.5).
@Suite struct `A cuff on the oximeter's limb` {
  static let same = Limbs(cuff: .leftArm, oximeter: .leftArm)
  static let garbage = Visit.reading(82, 40)

  private static func visit(_ limbs: Limbs?) -> Visit {
    var visit = Visit.infusing()
    if let limbs { visit.tell(.limbs(limbs)) }
    visit.forget()
    return visit
  }

  /// An inflation of so many seconds; the rest of the time the numbers are low.
  @Test(arguments: [
    // The first low sample that counts is at the end of the hold, or a second after it.
    (30, 50), (69, 89), (70, 90), (75, 90), (150, 90),
  ])
  func `holds new oximeter alarms for 20 s after the end, for 90 s at most`(
    length: Int, held: Int
  ) {
    var visit = Self.visit(Self.same)
    let start = visit.seconds
    visit.handle(.determination(.inflating))
    visit.pass(length, showing: Self.garbage)
    visit.handle(.determination(.result(Visit.pressure(120, 76))))
    visit.pass(170 - length)
    let raised = visit.alarmSteps.filter { $0.hasPrefix("SPO2_VLOW raised") }
    #expect(raised == ["SPO2_VLOW raised high @\(start + Double(held) + 3)"])
  }

  @Test func `holds for 60 s from an order that the cuff does not answer`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.limbs(Self.same))
    visit.forget()
    let start = visit.seconds
    visit.tell(.nibpStart)
    visit.pass(80, showing: Self.garbage)
    #expect(visit.alarmSteps.contains("SPO2_VLOW raised high @\(start + 63)"))
  }

  @Test func `counts as such until somebody has said where it is`() {
    var visit = Visit.baseline()
    visit = Visit(now: visit.now)
    visit.tell(.checkIn(route: .iv40, patient: nil))
    #expect(visit.monitor.limbs == Limbs())
    visit.handle(.determination(.inflating))
    visit.pass(80, showing: Self.garbage)
    #expect(visit.alarmSteps == [])
    visit.pass(30)
    #expect(visit.alarm(.spo2VeryLow) != nil)
  }

  @Test func `does not matter on another limb`() {
    for limbs in [Limbs(cuff: .rightArm, oximeter: .leftArm), Limbs(oximeter: .ear)] {
      var visit = Self.visit(limbs)
      let start = visit.seconds
      visit.handle(.determination(.inflating))
      visit.pass(10, showing: Self.garbage)
      #expect(visit.alarmSteps.contains("SPO2_VLOW raised high @\(start + 4)"))
    }
  }

  @Test func `keeps what was active before, and clears nothing`() {
    var visit = Self.visit(Self.same)
    visit.pass(30, showing: Visit.reading(85, 130))
    visit.forget()
    visit.handle(.determination(.inflating))
    visit.pass(80, showing: Visit.reading(98, 72))
    #expect(visit.alarmSteps == [])
    visit.tell(.acknowledge(.spo2Low))
    #expect(visit.alarm(.spo2Low)?.presence == .active)
    visit.pass(16)
    #expect(visit.alarm(.spo2Low) == nil)
    #expect(visit.alarm(.spo2VeryLow)?.presence == .latched)
  }

  @Test func `starts counts anew`() {
    var visit = Self.visit(Self.same)
    visit.pass(9, showing: Visit.reading(90, 72))
    visit.handle(.determination(.inflating))
    visit.handle(.determination(.aborted))
    let end = visit.seconds + 20
    visit.pass(40)
    #expect(visit.alarmSteps == ["SPO2_LOW raised medium @\(end + 10)"])
  }

  @Test func `still tells of silence`() {
    var visit = Self.visit(Self.same)
    visit.handle(.determination(.inflating))
    visit.pass(12, showing: nil)
    #expect(visit.alarm(.noData) != nil)
  }

  /// Nothing keeps an oximeter unheard for longer than 90 s.
  @Test func `is not held longer by one determination after another`() {
    var visit = Self.visit(Self.same)
    visit.shown = Self.garbage
    for _ in 0..<10 {
      visit.handle(.determination(.inflating))
      visit.pass(25)
      visit.handle(.determination(.result(Visit.pressure(120, 76))))
      visit.pass(5)
    }
    let raised = visit.alarmSteps.first { $0.hasPrefix("SPO2_VLOW raised") }
    #expect(raised?.hasSuffix("@\(visit.seconds - 300 + 93)") == true)
  }

  @Test func `marks samples, and keeps them out of what is reckoned from them`() {
    var visit = Visit.baseline()
    visit.tell(.limbs(Self.same))
    visit.measure(120, 76)
    visit.forget()
    visit.handle(.determination(.inflating))
    visit.pass(70)
    let marked = visit.log.filter {
      if case .sample(let sample?) = $0.output { sample.status.contains(.underCuff) } else { false }
    }
    #expect(marked.count == 70)
    visit.measure(120, 76)
    #expect(visit.tell(.baselineAccepted) == [.baselineSamples])
    #expect(visit.monitor.validSeconds.count(at: visit.now) == 0)
    visit.handle(.determination(.aborted))
    visit.pass(81)
    #expect(visit.tell(.baselineAccepted) == [])
  }

  @Test func `on the infusion's limb needs a prescriber`() {
    var visit = Visit.infusing()
    let limbs = Limbs(cuff: .leftArm, infusion: .leftArm)
    #expect(visit.tell(.limbs(limbs)) == [.needsPrescriber])
    #expect(visit.monitor.limbs.infusion == .rightArm)
    #expect(visit.tell(.limbs(limbs), by: "md1") == [])
    #expect(visit.tell(.limbs(Limbs(oximeter: .ear))) == [])
    #expect(visit.tell(.limbs(Limbs(cuff: .rightArm, infusion: .rightArm))) == [.needsPrescriber])
  }
}

/// The detector of a cuff that is not where it is said to be (`clinical.md` 4.5).
@Suite struct `A signal that goes and comes with the cuff` {
  /// One determination of 35 s; the signal is lost from `lost` to `back` seconds after its start.
  private static func measure(_ visit: inout Visit, lost: Int?, back: Int = 40) {
    visit.handle(.determination(.inflating))
    for second in 1...90 {
      let isLost = lost.map { (($0)..<back).contains(second) } == true
      let reading = isLost ? Visit.reading(nil, nil, .searching) : Visit.reading(97, 72)
      visit.pass(1, showing: reading)
      if second == 35 { visit.handle(.determination(.result(Visit.pressure(120, 76)))) }
    }
  }

  @Test(arguments: [
    ([5, 5, 5], 40, true), ([5, nil, 5, 5], 40, true), ([2, 15, 8], 40, true),
    ([5, 5], 40, false), ([5, nil, 5, nil, 5], 40, false), ([1, 1, 1, 1], 40, false),
    ([16, 16, 16, 16], 40, false), ([5, 5, 5], 65, true), ([5, 5, 5, 5], 66, false),
    ([nil, nil, nil, nil], 40, false),
  ])
  func `three times in four is told`(losses: [Int?], back: Int, isTold: Bool) {
    var visit = Visit.infusing()
    for lost in losses { Self.measure(&visit, lost: lost, back: back) }
    #expect((visit.alarm(.sameLimb) != nil) == isTold)
    if isTold { #expect(visit.alarm(.sameLimb)?.priority == .low) }
    visit.tell(.limbs(Limbs(oximeter: .leftArm)))
    #expect(visit.alarm(.sameLimb) == nil)
    Self.measure(&visit, lost: 5)
    #expect(visit.alarm(.sameLimb) == nil)
  }

  @Test func `is not seen in the pauses of a device that speaks every 10 s`() {
    var visit = Visit.infusing()
    visit.monitor.oximetryInterval = .seconds(10)
    for _ in 0..<5 {
      visit.handle(.determination(.inflating))
      for second in 1...90 {
        visit.pass(1, showing: second % 10 == 5 ? Visit.reading(97, 72) : nil)
        if second == 35 { visit.handle(.determination(.result(Visit.pressure(120, 76)))) }
      }
    }
    #expect(visit.alarm(.sameLimb) == nil)
  }

  @Test func `is expected on the same limb`() {
    var visit = Visit.infusing()
    visit.tell(.limbs(Limbs(oximeter: .leftArm)))
    for _ in 0..<5 { Self.measure(&visit, lost: 5) }
    #expect(visit.alarm(.sameLimb) == nil)
  }
}

/// `PR_DISCORD` (`clinical.md` 4.4).
@Suite struct `The cuff's pulse` {
  private static func measure(_ visit: inout Visit, _ pulse: Int?) {
    visit.handle(.determination(.inflating))
    visit.pass(30)
    visit.handle(
      .determination(
        .result(
          BloodPressure(
            systolic: 120, diastolic: 76, pulseRate: pulse.flatMap(PulseRate.init(perMinute:)))!)))
    visit.pass(60)
  }

  @Test(arguments: [
    // 15 bpm is not more than 15; of 100, 20 is not more than 20 %.
    (60, [75, 75], false), (60, [76, 76], true), (60, [45, 44], false), (60, [44, 44], true),
    (100, [120, 120], false), (100, [121, 121], true), (100, [80, 80], false),
    (100, [79, 79], true), (60, [90], false), (60, [90, 61, 90], false), (60, [90, nil, 90], true),
    (60, [90, 90, 62], false),
  ])
  func `that is far from the oximeter's twice in a row is told`(
    own: Int, pulses: [Int?], isTold: Bool
  ) {
    var visit = Visit.infusing()
    visit.pass(40, showing: Visit.reading(97, own))
    for pulse in pulses { Self.measure(&visit, pulse) }
    #expect((visit.alarm(.pulseDiscord)?.priority == .low) == isTold)
  }

  @Test(arguments: [
    (100, 45, true), (100, 55, true), (100, 44, false), (100, 56, false), (60, 108, true),
    (60, 132, true), (60, 107, false), (60, 133, false), (60, 60, false),
  ])
  func `that is half or double of it is marked`(own: Int, pulse: Int, isMarked: Bool) {
    var visit = Visit.infusing()
    visit.pass(40, showing: Visit.reading(97, own))
    visit.forget()
    Self.measure(&visit, pulse)
    Self.measure(&visit, pulse)
    let readings = visit.events.compactMap { event -> PressureReading? in
      if case .reading(let reading) = event.event { reading } else { nil }
    }
    #expect(readings.map(\.isPossibleCountError) == [isMarked, isMarked])
    if isMarked { #expect(visit.alarm(.pulseDiscord)?.remark == .countError) }
  }

  @Test func `is compared with the 30 s before the inflation, not with what it does`() {
    var visit = Visit.infusing()
    visit.pass(40, showing: Visit.reading(97, 82))
    for _ in 0..<3 {
      visit.handle(.determination(.inflating))
      visit.pass(30, showing: Visit.reading(97, 55))
      visit.handle(
        .determination(
          .result(
            BloodPressure(
              systolic: 120, diastolic: 76, pulseRate: PulseRate(perMinute: 83))!)))
      visit.pass(60, showing: Visit.reading(97, 82))
    }
    #expect(visit.alarm(.pulseDiscord) == nil)
  }

  @Test func `is not compared without a usable pulse before`() {
    var visit = Visit.infusing()
    visit.pass(40, showing: Visit.reading(97, 140, .artifact))
    for _ in 0..<3 { Self.measure(&visit, 60) }
    #expect(visit.alarm(.pulseDiscord) == nil)
  }
}
