@testable import Monitoring
import Testing
import Vitals

/// Back-to-back determinations for at most 5 min (`clinical.md` 2.4).
@Suite struct `STAT mode` {
  /// A cuff that takes 20 s, unless it is told otherwise.
  static func measure(_ visit: inout Visit, seconds: Int) {
    let end = visit.now + .seconds(seconds)
    while visit.now < end {
      visit.pass(1)
      guard visit.monitor.isCuffWorking else { continue }
      visit.handle(.determination(.inflating))
      visit.pass(20)
      visit.handle(.determination(.result(Visit.pressure(122, 78))))
    }
  }

  static func ends(_ visit: Visit) -> [AuditEntry] {
    visit.audits.filter { if case .statEnded = $0 { true } else { false } }
  }

  @Test func `measures again and again, 5 s apart, for 5 min, and is on record with its owner`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.forget()
    #expect(visit.tell(.nibpStat) == [])
    #expect(visit.audits.first == .statStarted(seconds: 300, by: StaffID("rn1")!))
    #expect(visit.audits.last == .cuffOrdered(.stat, by: StaffID("rn1")!))
    Self.measure(&visit, seconds: 400)
    // 26 s each: the tick that sees the order is one of them.
    #expect(visit.orders == [CuffOrderCause](repeating: .stat, count: 12))
    #expect(Self.ends(visit) == [.statEnded(.expired, by: .system)])
    #expect(visit.monitor.stat == nil)
    let ended = visit.events.first { $0.event == .audit(.statEnded(.expired, by: .system)) }?.at
    let begun = visit.events.first?.at
    #expect(ended == begun.map { $0 + .seconds(300) })
  }

  @Test func `takes a determination that runs for its first, and waits 5 s, not 30`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.nibpStart)
    #expect(visit.tell(.nibpStat) == [])
    #expect(visit.tell(.nibpStat) == [.cuffBusy])
    visit.pass(20)
    visit.handle(.determination(.result(Visit.pressure(122, 78))))
    visit.pass(4)
    #expect(visit.orders == [.operatorStart])
    #expect(visit.tell(.nibpStart) == [.cuffBusy])
    visit.pass(1)
    #expect(visit.orders == [.operatorStart, .stat])
  }

  @Test func `leaves the former schedule as it was`() {
    var visit = Visit.infusing(hasCuff: true)
    let zero = visit.monitor.session!.doseStartedAt!
    visit.tell(.schedule(dueSeconds: [300, 900], startsByItself: true))
    visit.tell(.nibpStat)
    Self.measure(&visit, seconds: 320)
    #expect(visit.monitor.nextPressureDue == zero + .seconds(900))
    visit.forget()
    Self.measure(&visit, seconds: 600)
    #expect(visit.orders == [.scheduledStart])
  }

  typealias Ending = (name: String, end: AuditEntry, act: @Sendable (inout Visit) -> Void)

  static let endings: [Ending] = [
    ("abort", .statEnded(.aborted, by: StaffID("rn1")!), { $0.tell(.nibpAbort) }),
    (
      "at the cuff", .statEnded(.aborted, by: .system),
      { $0.handle(.determination(.aborted)) }
    ),
    (
      "failure", .statEnded(.failed, by: .system),
      { $0.handle(.determination(.failed(.motion))) }
    ),
    (
      "away", .statEnded(.away, by: StaffID("rn1")!),
      { $0.tell(.patientAway(escort: StaffID("rn2")!)) }
    ),
    (
      "cable", .statEnded(.disconnected, by: .system),
      { $0.handle(.cuffTakesOrders(false)) }
    ),
    (
      "end", .statEnded(.sessionEnded, by: StaffID("rn1")!),
      { $0.tell(.leaveAMA(reason: "insists")) }
    ),
    (
      "restart", .statEnded(.restarted, by: .system),
      { $0.handle(.interrupted(since: $0.now - .seconds(3))) }
    ),
  ]

  @Test(arguments: endings.indices)
  func `ends early, once and on record`(_ index: Int) {
    let (name, entry, end) = Self.endings[index]
    var visit = Visit.observing(hasCuff: true)
    visit.tell(.nibpStat)
    visit.handle(.determination(.inflating))
    visit.pass(3)
    end(&visit)
    #expect(Self.ends(visit) == [entry], "\(name)")
    visit.forget()
    visit.pass(330)
    #expect(!visit.orders.contains(.stat) && Self.ends(visit).isEmpty, "\(name)")
  }

  @Test func `ends between two determinations, too`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.nibpStat)
    visit.pass(20)
    visit.handle(.determination(.result(Visit.pressure(122, 78))))
    visit.pass(2)
    visit.forget()
    #expect(visit.tell(.nibpAbort) == [])
    visit.pass(60)
    #expect(visit.orders == [.operatorAbort])
  }

  @Test func `begins anew while the cuff is still being stopped`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.nibpStart)
    visit.tell(.nibpAbort)
    visit.tell(.nibpStat)
    visit.handle(.determination(.aborted))
    visit.pass(5)
    #expect(visit.orders == [.operatorStart, .operatorAbort, .stat])
  }

  @Test func `goes on after three failures only because a person says so`() {
    var visit = Visit.infusing(hasCuff: true)
    for _ in 0..<3 {
      visit.tell(.nibpStart)
      visit.handle(.determination(.failed(.cuffLeak)))
      visit.pass(30)
    }
    visit.forget()
    visit.tell(.nibpStat)
    Self.measure(&visit, seconds: 60)
    #expect(visit.orders.count == 3)
    #expect(visit.alarm(.cuffFailed) == nil)
  }

  @Test func `needs a cuff and a patient at it`() {
    var visit = Visit.observing()
    #expect(visit.tell(.nibpStat) == [.noCuff])
    visit = Visit.observing(hasCuff: true)
    visit.tell(.patientAway(escort: StaffID("rn2")!))
    visit.forget()
    #expect(visit.tell(.nibpStat) == [.away] && visit.tell(.nibpStart) == [.away])
    #expect(visit.tell(.nibpAbort) == [])
    #expect(visit.orders == [.operatorAbort])
  }
}
