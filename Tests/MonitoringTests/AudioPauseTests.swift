@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 3.4.
@Suite struct `A pause of the sound` {
  @Test(arguments: [-1, 0, 121, 86_400])
  func `is refused outside 1 to 120 s`(seconds: Int) {
    var visit = Visit.infusing()
    #expect(visit.tell(.audioPause(seconds: seconds)) == [.outOfRange])
    #expect(visit.monitor.audioPausedUntil == nil)
  }

  @Test(arguments: [1, 60, 120])
  func `ends by itself`(seconds: Int) {
    var visit = Visit.infusing()
    visit.tell(.audioPause(seconds: seconds))
    let end = visit.now + .seconds(seconds)
    #expect(visit.monitor.audioPausedUntil == end)
    visit.pass(seconds - 1)
    #expect(visit.monitor.audioPausedUntil == end)
    visit.forget()
    visit.pass(1)
    #expect(visit.monitor.audioPausedUntil == nil)
    #expect(visit.audits == [.audioResumed(.expired)])
  }

  @Test func `is broken by a new HIGH, not by a MEDIUM`() {
    var visit = Visit.infusing()
    visit.tell(.audioPause(seconds: 120))
    visit.pass(15, showing: Visit.reading(91, 72))
    #expect(visit.alarm(.spo2Low) != nil && visit.monitor.audioPausedUntil != nil)
    visit.pass(5, showing: Visit.reading(85, 72))
    #expect(visit.alarm(.spo2VeryLow) != nil && visit.monitor.audioPausedUntil == nil)
    #expect(visit.audits.last == .audioResumed(.newHigh))
  }

  @Test func `is broken by an escalation to HIGH`() {
    var visit = Visit.infusing()
    visit.pass(30, showing: nil)
    visit.tell(.audioPause(seconds: 120))
    visit.pass(45)
    #expect(visit.alarm(.noData)?.priority == .high && visit.monitor.audioPausedUntil == nil)
  }

  @Test func `may be taken during a HIGH, and ended by hand`() {
    var visit = Visit.infusing()
    visit.pass(5, showing: Visit.reading(85, 72))
    #expect(visit.tell(.audioPause(seconds: 60), by: "as1").isEmpty)
    visit.pass(5)
    #expect(visit.monitor.audioPausedUntil != nil)
    visit.tell(.audioResume, by: "as1")
    #expect(visit.monitor.audioPausedUntil == nil)
    #expect(visit.audits.last == .audioResumed(.byStaff, by: StaffID("as1")!))
  }
}
