@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 2.4.
@Suite struct `The cuff's schedule` {
  private func schedule(_ dues: Int..., byItself: Bool = true) -> CuffSchedule {
    var schedule = CuffSchedule()
    schedule.replace(dues.map(Instant.seconds), startsByItself: byItself)
    return schedule
  }

  @Test func `starts at each due time, in whatever order they were given`() {
    var schedule = schedule(900, 300, 600)
    for due in [300, 600, 900] {
      #expect(schedule.startAt == .seconds(due))
      #expect(schedule.noteStart(at: .seconds(due)) == .scheduledStart)
      schedule.cuff.begin(at: .seconds(due))
      #expect(schedule.startAt == nil)
      #expect(schedule.meet(at: .seconds(due + 35), fromCuff: true) == [.seconds(due)])
    }
    #expect(schedule.startAt == nil && schedule.nextDue == nil)
  }

  @Test(arguments: [(149, 0), (150, 1), (300, 1), (449, 1), (450, 2), (10_000, 3)])
  func `counts a reading for due times up to 150 s ahead`(at: Int, met: Int) {
    var schedule = schedule(300, 600, 900)
    #expect(schedule.meet(at: .seconds(at), fromCuff: false).count == met)
    #expect(schedule.nextDue == [300, 600, 900].dropFirst(met).first.map(Instant.seconds))
  }

  @Test func `leaves the cuff deflated for 30 s`() {
    var schedule = schedule(100, 110)
    _ = schedule.noteStart(at: .seconds(100))
    schedule.cuff.begin(at: .seconds(100))
    #expect(!schedule.mayStart(at: .seconds(101)))
    schedule.end(failed: false, at: .seconds(105))
    #expect(schedule.startAt == .seconds(135))
    #expect(!schedule.mayStart(at: .seconds(134)) && schedule.mayStart(at: .seconds(135)))
  }

  @Test func `repeats a failure after 60 s, twice, then waits for a person`() {
    var schedule = schedule(100, 700, 1300)
    var now = 100
    for attempt in 1...3 {
      #expect(schedule.startAt == .seconds(now))
      #expect(schedule.noteStart(at: .seconds(now)) == (attempt > 1 ? .retry : .scheduledStart))
      schedule.cuff.begin(at: .seconds(now))
      now += 40
      schedule.end(failed: true, at: .seconds(now))
      now += 60
    }
    #expect(schedule.failuresInARow == 3 && schedule.startAt == nil)
    schedule.noteOperatorStart()
    #expect(schedule.startAt == .seconds(700))
  }

  @Test func `does not repeat what was aborted`() {
    var schedule = schedule(100, 700)
    _ = schedule.noteStart(at: .seconds(100))
    schedule.cuff.begin(at: .seconds(100))
    schedule.end(failed: false, at: .seconds(120))
    #expect(schedule.startAt == .seconds(700))
  }

  @Test func `does nothing by itself unless told so`() {
    var schedule = schedule(100, byItself: false)
    schedule.cuff.begin(at: .seconds(100))
    schedule.end(failed: true, at: .seconds(140))
    #expect(schedule.startAt == nil)
    #expect(schedule.overdueAt(seconds: 120) == .seconds(220))
  }

  @Test func `waits while a determination runs and while the patient is away`() {
    var schedule = schedule(100)
    schedule.cuff.begin(at: .seconds(100))
    #expect(schedule.overdueAt(seconds: 120) == nil)
    schedule.end(failed: false, at: .seconds(300))
    #expect(schedule.overdueAt(seconds: 120) == .seconds(220))
    schedule.isWaiting = true
    #expect(schedule.overdueAt(seconds: 120) == nil && schedule.startAt == nil)
  }

  @Test(arguments: Route.allCases)
  func `of a route is in order and reaches to the end of any session`(_ route: Route) {
    let preset = route.standardPreset(Policy().observation)
    let dose = CuffSchedule.doseDues(preset, start: .zero)
    #expect(dose == dose.sorted() && Set(dose).count == dose.count && dose.first ?? .zero > .zero)
    let after = CuffSchedule.observationDues(preset, anchor: .zero, now: .seconds(600))
    #expect(after == after.sorted() && after.allSatisfy { $0 >= .seconds(600) })
    #expect(after.last ?? .zero >= .seconds(19_800))
    for (a, b) in zip(after, after.dropFirst()) { #expect(b - a <= .seconds(1800)) }
  }

  @Test func `of an infusion is every 5 min`() {
    let preset = Route.iv40.standardPreset(Policy().observation)
    #expect(
      CuffSchedule.doseDues(preset, start: .zero).prefix(3) == [
        .seconds(300), .seconds(600), .seconds(900),
      ])
    #expect(
      CuffSchedule.observationDues(preset, anchor: .zero, now: .zero).prefix(5) == [
        .zero, .seconds(600), .seconds(1200), .seconds(2100), .seconds(3000),
      ])
  }
}
