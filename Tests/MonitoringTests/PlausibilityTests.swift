@testable import Monitoring
import Testing
import Vitals

/// What is possible but improbable, and what is not to be believed (`clinical.md` 4.1, 4.2).
@Suite struct `An improbable number` {
  @Test(arguments: [
    (60, 72, AlarmID.spo2VeryLow, false), (59, 72, .spo2VeryLow, true),
    (97, 30, .pulseVeryLow, false), (97, 29, .pulseVeryLow, true),
    (97, 200, .pulseVeryHigh, false), (97, 201, .pulseVeryHigh, true),
  ])
  func `alarms, and asks for a look at the sensor`(
    saturation: Int, rate: Int, id: AlarmID, isImprobable: Bool
  ) {
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(saturation, rate))
    #expect(visit.alarm(id)?.priority == .high)
    #expect((visit.alarm(id)?.remark == .checkSensor) == isImprobable)
  }

  @Test(arguments: [
    (60, 40, Int?.none, false), (59, 40, nil, true), (240, 120, nil, false), (241, 120, nil, true),
    (85, 70, nil, false), (84, 70, nil, true), (240, 110, nil, false), (241, 110, nil, true),
    (190, 100, 145, false), (190, 100, 146, true), (190, 100, 115, false), (190, 100, 114, true),
  ])
  func `of a pressure, too`(systolic: Int, diastolic: Int, mean: Int?, isImprobable: Bool) {
    #expect(
      Plausibility.isImprobable(Visit.pressure(systolic, diastolic, mean: mean)) == isImprobable)
    var visit = Visit.infusing()
    visit.measure(systolic, diastolic, mean: mean)
    #expect(visit.monitor.activeAlarms.isEmpty == false)
    for alarm in visit.monitor.activeAlarms {
      #expect((alarm.remark == .checkSensor) == isImprobable)
    }
  }

  @Test(arguments: [
    (SignalStatus.marginalPerfusion, 88, 72, true), (.marginalPerfusion, 89, 72, false),
    (.lowConfidence, 97, 113, true), (.lowConfidence, 97, 112, false),
    (.lowPerfusion, 80, 72, true), (SignalStatus(), 60, 150, false),
  ])
  func `that leaps under a doubtful mark is an artifact for a second`(
    mark: SignalStatus, saturation: Int, rate: Int, isArtifact: Bool
  ) {
    var visit = Visit.infusing()
    visit.forget()
    visit.pass(1, showing: Visit.reading(saturation, rate, mark))
    visit.pass(1)
    let samples = visit.log.compactMap { entry -> OximeterReading? in
      if case .sample(let sample) = entry.output { sample } else { nil }
    }
    #expect(samples.map { $0.status.contains(.artifact) } == [isArtifact, false])
  }

  @Test(arguments: [(10, false), (9, true)])
  func `with next to no pulse wave behind it is none`(perfusion: Int, isNone: Bool) {
    var visit = Visit.infusing()
    visit.pass(70, showing: Visit.reading(70, 72, perfusion: perfusion))
    #expect((visit.alarm(.spo2VeryLow) == nil) == isNone)
    #expect((visit.alarm(.signalPoor)?.priority == .medium) == isNone)
    #expect((visit.monitor.freshSample(at: visit.now) == nil) == isNone)
  }
}

/// Readings that their own device doubts (`clinical.md` 4.4).
@Suite struct `A questionable pressure` {
  private static func show(_ visit: inout Visit, _ systolic: Int, _ diastolic: Int) {
    visit.handle(
      .determination(
        .result(
          BloodPressure(systolic: systolic, diastolic: diastolic, quality: .questionable)!)))
  }

  @Test func `raises LOW and MEDIUM at once, HIGH only when no clean one comes in 2 min`() {
    for (systolic, diastolic, low, high) in [
      (190, 100, AlarmID.pressureElevated, AlarmID.pressureCritical),
      (76, 50, .pressureLow, .pressureVeryLow),
    ] {
      var visit = Visit.infusing()
      Self.show(&visit, systolic, diastolic)
      #expect(visit.alarm(low) != nil && visit.alarm(high) == nil)
      visit.pass(119)
      #expect(visit.alarm(high) == nil)
      visit.pass(1)
      #expect(visit.alarm(high)?.priority == .high)
      #expect(visit.alarm(high)?.remark == .questionable)
      #expect(visit.alarm(high)?.raisedAt == visit.now)
    }
  }

  @Test func `is forgotten after a clean one that is not so`() {
    var visit = Visit.infusing()
    Self.show(&visit, 190, 100)
    visit.pass(100)
    visit.measure(150, 90)
    visit.pass(300)
    #expect(visit.monitor.activeAlarms == [])
  }

  @Test func `is confirmed by a clean one that is`() {
    var visit = Visit.infusing()
    Self.show(&visit, 190, 100)
    visit.pass(60)
    visit.measure(188, 100)
    #expect(visit.alarm(.pressureCritical)?.value == 188)
  }

  @Test func `does not win time by another one`() {
    var visit = Visit.infusing()
    Self.show(&visit, 190, 100)
    visit.pass(60)
    Self.show(&visit, 140, 80)
    visit.pass(30)
    Self.show(&visit, 190, 100)
    visit.pass(30)
    #expect(visit.alarm(.pressureCritical)?.priority == .high)
  }

  @Test func `clears nothing`() {
    var visit = Visit.infusing()
    visit.measure(190, 100)
    Self.show(&visit, 120, 76)
    #expect(visit.alarm(.pressureCritical)?.presence == .active)
    visit.measure(120, 76)
    #expect(visit.alarm(.pressureCritical)?.presence == .latched)
  }

  @Test func `that would be critical is repeated within 2 min`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [3000], startsByItself: true))
    visit.forget()
    Self.show(&visit, 190, 100)
    visit.pass(60)
    #expect(visit.orders == [.recheck])
  }
}
