@testable import Monitoring
import Testing
import Vitals

/// Why not earlier: criteria and due times, each with its time.
@Suite struct `The ledger` {
  static func at(_ seconds: Int) -> Instant { .seconds(seconds) }

  @Test func `tells since when a patient is ready, and until when each criterion was not met`() {
    var visit = Visit.observing()
    let zero = visit.monitor.session!.clock!.anchor
    visit.tell(.assess(.fit))
    visit.pass(1200)
    visit.measure(122, 78)
    visit.pass(700)
    visit.measure(121, 77)
    visit.pass(2)
    let ledger = visit.monitor.session!.ledger
    #expect(visit.phase == .readyForSignOff)
    #expect(ledger.readyAt.map { ($0 - zero).wholeSeconds } == 1902)
    func until(_ criterion: Criterion) -> Int? {
      ledger.waits.first { $0.criterion == criterion }?.until.map { ($0 - zero).wholeSeconds }
    }
    #expect(until(.time) == 1800)
    #expect(until(.bpAge) == 1902 && until(.gait) == 2)
    let audits = visit.audits.compactMap { entry -> [Criterion]? in
      if case .criteria(let unmet) = entry { unmet } else { nil }
    }
    #expect(audits == ledger.entries.map(\.unmet) && audits.last == [])
  }

  @Test func `tells when Spravato would have been over without its 2 h`() {
    let visit = Visit.ready(route: .spravato84)
    let session = visit.monitor.session!
    let without = session.ledger.readyWithoutTimeAt
    #expect(without != nil && session.ledger.readyAt != nil)
    #expect(without! < session.doseStartedAt! + .seconds(7200))
    #expect(session.ledger.readyAt! >= session.doseStartedAt! + .seconds(7200))
  }

  static let cases: [(dues: [Int], reading: Int, results: [Checkpoint.Result])] = [
    ([300], 150, [.met]), ([300], 419, [.met]), ([300], 420, [.late]), ([300], 590, [.late]),
    // Early for the next one, late for the last.
    ([300, 600], 460, [.late, .met]), ([300, 600], 600, [.missed, .met]),
    ([300, 600, 900], 1100, [.missed, .missed, .late]),
    // A follow-up beside the plan.
    ([580, 600], 610, [.met, .met]),
  ]

  @Test(arguments: cases.indices)
  func `matches a pressure to its due time`(_ index: Int) {
    let (dues, reading, results) = Self.cases[index]
    let matched = Checkpoint.match(
      dues.map(Self.at), readingAt: Self.at(reading), overdueAfter: .seconds(120))
    #expect(matched.map(\.result) == results)
    #expect(matched.map(\.dueAt) == dues.map(Self.at))
    #expect(matched.allSatisfy { ($0.readingAt == nil) == ($0.result == .missed) })
  }

  @Test func `names what a visit missed`() {
    var visit = Visit.infusing()
    let zero = visit.monitor.session!.doseStartedAt!
    visit.tell(.schedule(dueSeconds: [100, 700, 1300], startsByItself: false))
    visit.pass(100)
    visit.measure(120, 76)
    visit.pass(1000)
    visit.tell(.doseEnd(.completed))
    let ledger = visit.monitor.session!.checkpoints.map {
      "\(($0.dueAt - zero).wholeSeconds) \($0.result)"
    }
    #expect(ledger == ["100 met", "700 missed"])
  }

  @Test func `tells of a dose that runs over, once, pauses left out`() {
    var visit = Visit.infusing()
    let zero = visit.monitor.session!.doseStartedAt!
    visit.tell(.dosePause)
    visit.pass(100)
    visit.tell(.doseResume)
    visit.forget()
    visit.pass(4000)
    let told = visit.events.filter {
      if case .audit(.doseOverrun(plannedMinutes: 40)) = $0.event { true } else { false }
    }
    #expect(told.map { ($0.at - zero).wholeSeconds } == [3100])
  }
}
