@testable import Monitoring
import Testing
import Vitals

/// The life of one alarm (`clinical.md` 3.2).
@Suite struct `An alarm` {
  @Test func `stays latched after its condition until somebody acknowledges it`() {
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(85, 72))
    visit.pass(10, showing: Visit.reading(97, 72))
    #expect(visit.alarm(.spo2VeryLow)?.presence == .latched)
    #expect(visit.alarm(.spo2Low) == nil)
    visit.forget()
    visit.pass(600)
    #expect(visit.alarm(.spo2VeryLow)?.presence == .latched)
    #expect(visit.tell(.acknowledge(.spo2VeryLow)).isEmpty)
    #expect(visit.alarmSteps == ["SPO2_VLOW reset high @\(visit.seconds)"])
    #expect(visit.monitor.activeAlarms.isEmpty)
    #expect(visit.tell(.acknowledge(.spo2VeryLow)) == [.nothingToAcknowledge])
  }

  @Test func `that was acknowledged while active does not latch`() {
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(85, 72))
    visit.tell(.acknowledge(nil))
    #expect(visit.monitor.activeAlarms.allSatisfy { $0.acknowledgedBy?.name == "rn1" })
    #expect(visit.alarm(.spo2VeryLow)?.presence == .active)
    visit.pass(10, showing: Visit.reading(97, 72))
    #expect(visit.monitor.activeAlarms.isEmpty)
  }

  @Test func `raised again is a new one`() {
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(91, 72))
    let first = visit.alarm(.spo2Low)?.serial
    visit.pass(10, showing: Visit.reading(97, 72))
    visit.pass(20, showing: Visit.reading(91, 72))
    let second = visit.alarm(.spo2Low)?.serial
    #expect(first != nil && second != nil && second != first)
  }

  @Test func `raised again over its own latch resets the old one first`() {
    var visit = Visit.infusing()
    visit.pass(10, showing: Visit.reading(85, 72))
    visit.pass(10, showing: Visit.reading(97, 72))
    visit.forget()
    visit.pass(5, showing: Visit.reading(85, 72))
    let steps = visit.alarmSteps.filter { $0.hasPrefix("SPO2_VLOW") }
    #expect(steps.map { $0.split(separator: " ")[1] } == ["reset", "raised"])
    #expect(visit.monitor.activeAlarms.count { $0.id == .spo2VeryLow } == 1)
  }

  @Test func `never falls in priority while it is active`() {
    var visit = Visit.infusing()
    // LOW while infusing, MEDIUM in observation, and LOW again with a second dose.
    visit.measure(162, 90)
    #expect(visit.alarm(.pressureElevated)?.priority == .low)
    visit.pass(130)
    visit.measure(165, 90)
    #expect(visit.alarm(.pressureElevated)?.priority == .medium)
    visit.pass(60)
    visit.measure(165, 90)  // less than 2 min after: by itself only LOW
    #expect(visit.alarm(.pressureElevated)?.priority == .medium)
    visit.measure(185, 90)
    #expect(visit.alarm(.pressureCritical)?.priority == .high)
    #expect(visit.alarm(.pressureElevated)?.presence == .active)
    visit.pass(130)
    visit.measure(170, 90)
    #expect(visit.alarm(.pressureCritical)?.presence == .latched)
    #expect(visit.alarm(.pressureElevated)?.priority == .medium)
    visit.pass(130)
    visit.measure(130, 80)
    #expect(visit.alarm(.pressureElevated) == nil)
  }

  @Test func `that rises in priority sounds again`() {
    var visit = Visit.infusing()
    visit.measure(162, 90)
    visit.tell(.acknowledge(.pressureElevated))
    visit.pass(130)
    visit.measure(165, 90)
    #expect(visit.alarm(.pressureElevated)?.acknowledgedBy == nil)
    #expect(visit.alarmSteps.last?.hasPrefix("BP_ELEV escalated medium") == true)
  }

  /// The number and the limit beside it belong together, whatever came after.
  @Test func `shows a value with the limit that it broke`() {
    var visit = Visit.infusing()
    visit.measure(88, 70)
    visit.pass(60)
    visit.measure(110, 40)
    let alarm = visit.alarm(.pressureLow)
    #expect(alarm?.presence == .active)
    let pairs = [[88, 90], [63, 65]]
    #expect(pairs.contains([alarm?.value ?? 0, alarm?.limit ?? 0]), "\(alarm as Any)")
  }

  @Test func `lists the most urgent first, then the newest`() {
    var visit = Visit.infusing()
    visit.measure(150, 102)
    visit.pass(40, showing: Visit.reading(85, 130))
    let listed = visit.monitor.activeAlarms
    #expect(listed.map(\.priority) == listed.map(\.priority).sorted(by: >))
    for (a, b) in zip(listed, listed.dropFirst()) where a.priority == b.priority {
      #expect(a.serial > b.serial)
    }
    #expect(listed.first?.id == .spo2VeryLow)
  }

  @Test func `without a pulse stays until there is one, acknowledged or not`() {
    var visit = Visit.infusing()
    visit.pass(15, showing: Visit.reading(nil, nil, .nonPulsatile))
    #expect(visit.alarm(.noPulse)?.presence == .active)
    visit.forget()
    visit.tell(.acknowledge(.noPulse))
    visit.pass(30)
    #expect(visit.alarm(.noPulse)?.presence == .active)
    #expect(visit.alarm(.noPulse)?.acknowledgedBy != nil)
    #expect(visit.alarmSteps.count == 1)
    visit.pass(6, showing: Visit.reading(97, 72))
    #expect(visit.alarm(.noPulse) == nil)
  }

  @Test func `ends with the session, and the next patient starts without any`() {
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(85, 72))
    visit.tell(.audioPause(seconds: 60))
    visit.forget()
    visit.tell(.leaveAMA(reason: "insists"))
    #expect(visit.monitor.activeAlarms.isEmpty && visit.monitor.audioPausedUntil == nil)
    #expect(visit.alarmSteps.map { $0.split(separator: " ")[1] } == ["cleared", "cleared"])
    visit.pass(60)
    #expect(visit.monitor.activeAlarms.isEmpty)
  }

  @Test func `of a call to stop is HIGH after 30 s without an answer`() {
    var visit = Visit.infusing()
    visit.forget()
    let start = visit.seconds
    visit.tell(.stopRequested, by: "as1")
    visit.pass(40)
    #expect(
      visit.alarmSteps == [
        "CALL_STOP raised medium @\(start)", "CALL_STOP escalated high @\(start + 30)",
      ])
    visit.tell(.doseEnd(.stoppedEarly))
    #expect(visit.alarm(.callStop) == nil)
    var answered = Visit.infusing()
    answered.tell(.stopRequested, by: "as1")
    answered.tell(.acknowledge(.callStop))
    answered.pass(60)
    #expect(answered.alarm(.callStop)?.priority == .medium)
  }

  @Test func `tells staff that nobody was watching, until they have seen it`() {
    var visit = Visit.infusing()
    visit.tell(.audioPause(seconds: 120))
    visit.skip(.seconds(6))
    visit.handle(.interrupted(since: visit.now - .seconds(6)))
    #expect(visit.alarm(.monitoringInterrupted)?.presence == .latched)
    #expect(visit.alarm(.monitoringInterrupted)?.value == 6)
    #expect(visit.monitor.audioPausedUntil == nil)
    #expect(visit.audits.contains(.interrupted(seconds: 6)))
    visit.tell(.acknowledge(.monitoringInterrupted))
    #expect(visit.alarm(.monitoringInterrupted) == nil)
  }
}
