@testable import Monitoring
import Testing
import Vitals

/// What a chair orders of its cuff, and when a missing pressure is told.
@Suite struct `A chair with a cuff` {
  @Test func `orders at each due time, once`() {
    var visit = Visit.infusing(hasCuff: true)
    let zero = visit.monitor.session!.doseStartedAt!
    visit.tell(.schedule(dueSeconds: [300, 600], startsByItself: true))
    visit.forget()
    for time in 1...2 {
      visit.pass(300 * time - (visit.now - zero).wholeSeconds)
      #expect(visit.orders.count == time)
      visit.handle(.determination(.inflating))
      visit.pass(25)
      visit.handle(.determination(.result(Visit.pressure(122, 78))))
    }
    visit.pass(300)
    #expect(visit.orders == [.scheduledStart, .scheduledStart])
    #expect(visit.alarmSteps == [])
  }

  @Test func `does not inflate within 30 s, whoever asks`() {
    var visit = Visit.infusing(hasCuff: true)
    #expect(visit.tell(.nibpStart).isEmpty)
    #expect(visit.tell(.nibpStart) == [.cuffBusy])
    visit.handle(.determination(.inflating))
    visit.pass(20)
    visit.handle(.determination(.result(Visit.pressure(122, 78))))
    visit.pass(29)
    #expect(visit.tell(.nibpStart) == [.cuffBusy])
    visit.pass(1)
    #expect(visit.tell(.nibpStart).isEmpty)
    #expect(visit.orders == [.operatorStart, .operatorStart])
  }

  @Test func `stops cycling after the third failure, and asks for a person`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [60, 1200], startsByItself: true))
    visit.forget()
    var priorities: [Priority] = []
    for _ in 0..<600 {
      visit.pass(1)
      guard visit.monitor.isCuffWorking else { continue }
      visit.pass(10)
      visit.handle(.determination(.failed(.cuffLeak)))
      priorities.append(visit.alarm(.cuffFailed)?.priority ?? .high)
    }
    #expect(visit.orders == [.scheduledStart, .retry, .retry])
    #expect(priorities == [.low, .medium, .medium])
    visit.pass(1200)
    #expect(visit.orders.count == 3)
    visit.tell(.nibpStart)
    visit.handle(.determination(.result(Visit.pressure(122, 78))))
    #expect(visit.alarm(.cuffFailed) == nil && visit.alarm(.pressureOverdue) == nil)
  }

  @Test func `counts failures in a row, whoever starts the cuff again`() {
    var visit = Visit.infusing(hasCuff: true)
    for (number, priority) in [(1, Priority.low), (2, .medium), (3, .medium), (4, .medium)] {
      #expect(visit.tell(.nibpStart).isEmpty)
      visit.pass(10)
      visit.handle(.determination(.failed(.cuffLeak)))
      #expect(visit.alarm(.cuffFailed)?.priority == priority, "failure \(number)")
      visit.pass(30)
    }
  }

  @Test func `is told to stop at the end of a session, and when a person says so`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.nibpStart)
    visit.tell(.nibpAbort)
    #expect(visit.orders == [.operatorStart, .operatorAbort])
    visit.handle(.determination(.aborted))
    visit.pass(30)
    visit.tell(.nibpStart)
    visit.tell(.leaveAMA(reason: "insists"))
    #expect(visit.orders.last == .sessionEndAbort)
  }

  @Test func `without a cuff orders nothing and still tells what is overdue`() {
    var visit = Visit.infusing()
    #expect(visit.tell(.nibpStart) == [.noCuff])
    visit.tell(.schedule(dueSeconds: [60], startsByItself: true))
    visit.forget()
    visit.pass(500)
    let due = 60 + Double(visit.monitor.session!.doseStartedAt!.milliseconds) / 1000
    #expect(visit.orders.isEmpty)
    #expect(
      visit.alarmSteps == [
        "BP_OVERDUE raised low @\(due + 120)", "BP_OVERDUE escalated medium @\(due + 300)",
      ])
    visit.measure(120, 76)
    #expect(visit.alarm(.pressureOverdue) == nil)
  }

  /// What fell due while nobody could measure is due within 5 min of the return (1.4).
  @Test func `does not blame a patient who was away for a pressure that fell due meanwhile`() {
    var visit = Visit.observing()
    visit.tell(.schedule(dueSeconds: [120], startsByItself: false))
    visit.tell(.patientAway(escort: StaffID("rn1")!))
    visit.pass(420, showing: nil)
    visit.forget()
    visit.tell(.patientReturned)
    let back = visit.now
    visit.pass(60, showing: Visit.reading(97, 72))
    #expect(visit.alarmSteps == [])
    #expect(visit.monitor.nextPressureDue == back + .seconds(300))
    visit.pass(370)
    #expect(visit.alarmSteps == ["BP_OVERDUE raised low @\(visit.seconds - 10)"])
  }

  /// A pressure is due within 5 min of the return, so any since then is the one (1.4).
  @Test(arguments: [1, 60, 299, 320])
  func `takes the first pressure after a return for the one that was due`(second: Int) {
    var visit = Visit.observing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [], startsByItself: true))
    visit.tell(.patientAway(escort: StaffID("rn1")!))
    visit.pass(420, showing: nil)
    visit.tell(.patientReturned)
    let back = visit.now
    visit.forget()
    visit.shown = Visit.reading(97, 72)
    if second > 300 { visit.handle(.cuffTakesOrders(false)) }
    visit.pass(second)
    visit.measure(122, 78)
    let checkpoint = visit.monitor.session?.checkpoints.last
    #expect(checkpoint?.dueAt == back + .seconds(300) && checkpoint?.result == .met)
    visit.pass(900)
    #expect(visit.orders == [] && visit.alarmSteps == [])
    #expect(visit.monitor.nextPressureDue == nil)
  }

  /// A due time in the past is due now: no event is stamped before the command that made it.
  @Test func `never stamps anything before its cause`() {
    let causes: [(String, (inout Visit) -> Void)] = [
      ("schedule", { $0.tell(.schedule(dueSeconds: [1], startsByItself: true)) }),
      (
        "return",
        { visit in
          visit.tell(.patientAway(escort: StaffID("rn1")!))
          visit.pass(500)
          visit.tell(.patientReturned)
        }
      ),
      (
        "limit",
        { visit in
          visit.pass(100)
          visit.tell(.setLimit(field: "tech.bpOverdueLow", value: 60, reason: nil))
        }
      ),
      (
        "away limit",
        { visit in
          visit.tell(.patientAway(escort: StaffID("rn1")!))
          visit.pass(500)
          visit.tell(.setLimit(field: "tech.awayMax", value: 300, reason: nil))
        }
      ),
      (
        "restart",
        { visit in
          visit.tell(.nibpStart)
          visit.pass(400)
          visit.handle(.interrupted(since: visit.now - .seconds(5)))
        }
      ),
    ]
    for (name, cause) in causes {
      var visit = Visit.observing(hasCuff: true)
      visit.tell(.schedule(dueSeconds: [66, 400], startsByItself: false))
      visit.pass(5)
      cause(&visit)
      #expect(visit.monitor.nextDeadline.map { $0 > visit.now } != false, "\(name)")
      visit.pass(60)
      let stamps = visit.log.map(\.at)
      #expect(stamps == stamps.sorted(), "\(name)")
    }
  }
}
