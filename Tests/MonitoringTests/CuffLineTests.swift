@testable import Monitoring
import Testing
import Vitals

/// A determination that does not come to its end (`clinical.md` 2.4, `design.md` 7).
@Suite struct `A determination` {
  private static func measuring() -> Visit {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [60, 1200], startsByItself: true))
    visit.pass(60)
    visit.handle(.determination(.inflating))
    visit.handle(.determination(.cuffPressure(mmHg: 150)))
    visit.pass(5)
    visit.forget()
    return visit
  }

  /// As a chair tells it: first that no order goes out any more, then what the driver makes of it.
  private static func unplug(_ visit: inout Visit) {
    visit.handle(.cuffTakesOrders(false))
    visit.handle(.determination(.failed(.connectionLost)))
    visit.handle(.device(.cuff, .disconnected(reason: "unplugged")))
  }

  @Test func `whose line closes has failed, and its cuff is stopped when the line is back`() {
    var visit = Self.measuring()
    Self.unplug(&visit)
    #expect(visit.alarm(.cuffFailed)?.priority == .low)
    #expect(!visit.monitor.isCuffWorking && visit.monitor.cuffPressure == nil)
    visit.pass(100)
    #expect(visit.orders == [])
    visit.handle(.cuffTakesOrders(true))
    #expect(visit.orders == [.reconnectAbort])
    #expect(visit.audits.last == .cuffOrdered(.reconnectAbort, by: .system))
    #expect(visit.tell(.nibpStart) == [.cuffBusy])
    visit.pass(29)
    #expect(visit.orders == [.reconnectAbort])
    visit.pass(1)
    #expect(visit.orders == [.reconnectAbort, .retry])
  }

  @Test func `that was being stopped when its line closed has not failed`() {
    var visit = Self.measuring()
    visit.tell(.nibpAbort)
    Self.unplug(&visit)
    #expect(visit.alarm(.cuffFailed) == nil)
    visit.handle(.cuffTakesOrders(true))
    #expect(visit.orders == [.operatorAbort, .reconnectAbort])
    visit.pass(200)
    #expect(visit.orders == [.operatorAbort, .reconnectAbort])
  }

  @Test func `that was over when its line closed leaves nothing to stop`() {
    var visit = Self.measuring()
    visit.handle(.determination(.result(Visit.pressure(120, 76))))
    visit.handle(.cuffTakesOrders(false))
    visit.handle(.cuffTakesOrders(true))
    #expect(visit.orders == [])
    visit.pass(30)
    #expect(visit.tell(.nibpStart) == [])
  }

  @Test func `fell due while the line was closed waits 30 s after somebody has plugged it in`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [60], startsByItself: true))
    visit.handle(.cuffTakesOrders(false))
    visit.pass(100)
    visit.handle(.cuffTakesOrders(true))
    visit.pass(29)
    #expect(visit.orders == [])
    visit.pass(1)
    #expect(visit.orders == [.scheduledStart])
  }

  @Test func `that outlasts its time without a word of its driver is stopped and has failed`() {
    var visit = Self.measuring()
    visit.pass(184)
    #expect(visit.orders == [] && visit.monitor.isCuffWorking)
    visit.pass(1)
    #expect(visit.orders == [.timeOutAbort])
    #expect(visit.monitor.lastFailure == .timeOut)
    #expect(visit.alarm(.cuffFailed)?.priority == .low)
    // The cuff answers the order; that is no second end.
    visit.handle(.determination(.aborted))
    #expect(visit.alarm(.cuffFailed)?.priority == .low)
    visit.pass(60)
    #expect(visit.orders == [.timeOutAbort, .retry])
  }

  @Test func `keeps the overdue clock waiting`() {
    var visit = Self.measuring()
    visit.pass(170)
    #expect(visit.alarm(.pressureOverdue) == nil)
    visit.handle(.determination(.failed(.weakSignal)))
    visit.pass(1)
    #expect(visit.alarm(.pressureOverdue) != nil)
  }

  @Test func `by hand does not set a cuff going that has failed three times`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [10, 1000, 1300], startsByItself: true))
    for _ in 0..<400 {
      visit.pass(1)
      if visit.monitor.isCuffWorking { visit.handle(.determination(.failed(.cuffLeak))) }
    }
    #expect(visit.orders.count == 3)
    visit.measure(120, 76)
    #expect(visit.alarm(.cuffFailed) == nil)
    visit.pass(1000)
    #expect(visit.orders.count == 3)
    #expect(visit.alarm(.pressureOverdue) != nil)
    visit.tell(.nibpStart)
    visit.handle(.determination(.result(Visit.pressure(120, 76))))
    visit.pass(400)
    #expect(visit.orders.dropFirst(3) == [.operatorStart])
  }

  @Test func `of the last session keeps the cuff deflated in the next`() {
    var visit = Self.measuring()
    visit.handle(.determination(.result(Visit.pressure(120, 76))))
    visit.tell(.leaveAMA(reason: "insists"))
    visit.pass(10)
    visit.tell(.checkIn(route: .iv40, patient: nil))
    #expect(visit.tell(.nibpStart) == [.cuffBusy])
    visit.pass(20)
    #expect(visit.tell(.nibpStart) == [])
  }
}
