@testable import Monitoring
import Testing
import Vitals

/// A lost signal is never good news (`clinical.md` 3.2, 3.3).
@Suite struct `A lost signal` {
  static let lost: [(name: String, reading: OximeterReading?, id: AlarmID)] = [
    ("sensor off", Visit.reading(nil, nil, .sensorOff), .sensorOff),
    ("silence", nil, .noData),
  ]

  /// The line was open before the patient came: a device that speaks every 5 s is not stale after 3.
  @Test func `is judged by the device's own beat in every session`() throws {
    var monitor = ChairMonitor(policy: .adultKetamineDefault1)
    monitor.oximetryInterval = .seconds(5)
    let nurse = try #require(StaffID("rn1"))
    monitor.handle(
      .command(.checkIn(route: .iv40, patient: nil), by: nurse, role: .rn), at: .zero
    ) { _, _ in }
    monitor.handle(.oximetry(Visit.reading(97, 72)), at: .seconds(1)) { _, _ in }
    #expect(monitor.session != nil && monitor.freshSample(at: .seconds(7)) != nil)
  }

  @Test(arguments: [0, 1])
  func `is HIGH after 60 s without an answer, while infusing`(_ index: Int) throws {
    let (_, reading, id) = Self.lost[index]
    var visit = Visit.infusing()
    visit.forget()
    let last = visit.seconds
    visit.pass(80, showing: reading)
    let raised = id == .noData ? last + 10 : last + 11
    #expect(
      visit.alarmSteps == [
        "\(id.rawValue) raised medium @\(raised)", "\(id.rawValue) escalated high @\(raised + 60)",
      ])
  }

  @Test(arguments: [0, 1])
  func `stays MEDIUM once somebody has answered`(_ index: Int) {
    let (_, reading, id) = Self.lost[index]
    var visit = Visit.infusing()
    visit.pass(50, showing: reading)
    visit.tell(.acknowledge(id))
    visit.pass(300)
    #expect(visit.alarm(id)?.priority == .medium)
  }

  @Test(arguments: [0, 1])
  func `stays MEDIUM when no drug is given`(_ index: Int) {
    let (_, reading, id) = Self.lost[index]
    for var visit in [Visit.accepted(), .observing()] {
      visit.pass(300, showing: reading)
      #expect(visit.alarm(id)?.priority == .medium)
    }
  }

  @Test(arguments: [0, 1])
  func `does not end a physiological alarm`(_ index: Int) {
    let (_, reading, id) = Self.lost[index]
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(85, 150))
    let before = Set(
      visit.monitor.activeAlarms.filter { $0.presence == .active }.map(\.id))
    #expect(before.isSuperset(of: [.spo2VeryLow, .spo2Low, .pulseVeryHigh, .pulseHigh]))
    visit.pass(600, showing: reading)
    let after = Set(visit.monitor.activeAlarms.filter { $0.presence == .active }.map(\.id))
    #expect(after == before.union([id]))
    // And neither does its return, before 5 s of good samples.
    visit.pass(5, showing: Visit.reading(97, 72))
    #expect(visit.alarm(.spo2VeryLow)?.presence == .active)
    visit.pass(1)
    #expect(visit.alarm(.spo2VeryLow)?.presence == .latched)
  }

  @Test(arguments: [0, 1])
  func `hands a kept alarm over once it is acknowledged`(_ index: Int) {
    let (_, reading, id) = Self.lost[index]
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(85, 72))
    visit.pass(20, showing: reading)
    #expect(visit.alarm(.spo2VeryLow)?.presence == .active)
    visit.tell(.acknowledge(.spo2VeryLow))
    #expect(visit.alarm(.spo2VeryLow) == nil)
    #expect(visit.alarm(.spo2Low)?.presence == .active)
    #expect(visit.alarm(id)?.acknowledgedBy == nil)
  }

  @Test func `does not end an acknowledged alarm on pressures`() {
    var visit = Visit.infusing()
    visit.measure(190, 100)
    visit.pass(20, showing: nil)
    visit.tell(.acknowledge(nil))
    #expect(visit.alarm(.pressureCritical)?.presence == .active)
  }

  @Test func `freezes the count of a pending alarm`() {
    var visit = Visit.infusing()
    visit.forget()
    let start = visit.seconds + 1
    visit.pass(8, showing: Visit.reading(91, 72))
    visit.pass(6, showing: Visit.reading(91, 72, .artifact))
    visit.pass(4, showing: Visit.reading(91, 72))
    // 8 s are on the count when it freezes; 2 s after the signal is back it is complete.
    #expect(visit.alarmSteps == ["SPO2_LOW raised medium @\(start + 16)"])
  }

  @Test func `is found anew when the patient comes back without it`() {
    var visit = Visit.observing()
    visit.tell(.patientAway(escort: StaffID("rn1")!))
    visit.pass(300, showing: nil)
    #expect(visit.monitor.activeAlarms.isEmpty)
    visit.tell(.patientReturned)
    visit.forget()
    let back = visit.seconds
    visit.pass(15)
    #expect(visit.alarmSteps == ["NO_DATA raised medium @\(back + 10)"])
  }
}
