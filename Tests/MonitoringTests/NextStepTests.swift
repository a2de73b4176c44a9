@testable import Monitoring
import Testing
import Vitals

/// What a page says before anybody presses: what a step still waits for, and what there is so far.
@Suite struct `The next step` {
  static let start = Command.doseStart(route: nil)

  @Test func `waits for what its refusal would name`() {
    var visit = Visit.baseline()
    let lacks = visit.monitor.lacks(.baselineAccepted, at: visit.now)
    #expect(lacks?.isEmpty == false)
    #expect(visit.tell(.baselineAccepted) == lacks)
    #expect(visit.tell(Self.start) == visit.monitor.lacks(Self.start, at: visit.now))
  }

  @Test(arguments: Phase.allCases)
  func `is silent where a command makes no sense`(_ phase: Phase) {
    let visit = Visit.at(phase)
    let makesSense = visit.monitor.lacks(.baselineAccepted, at: visit.now) != nil
    #expect(makesSense == (phase == .baseline))
    #expect(makesSense == CommandName.baselineAccepted.phases.contains(visit.phase))
  }

  @Test func `waits for nothing once everything is there`() {
    let visit = Visit.accepted()
    #expect(visit.monitor.lacks(.baselineAccepted, at: visit.now) == [])
  }

  @Test func `of a baseline shows the numbers that would be accepted`() throws {
    var visit = Visit.accepted()
    let draft = try #require(visit.monitor.baselineDraft(at: visit.now))
    let baseline = try #require(visit.monitor.session?.baseline)
    #expect(draft.spo2 == baseline.spo2 && draft.pulseRate == baseline.pulseRate)
    #expect(draft.systolic == baseline.systolic && draft.diastolic == baseline.diastolic)
    #expect(draft.seconds >= 60 && draft.restedPressures >= 2)
    visit.tell(.abort(reason: "x"))
    #expect(visit.monitor.baselineDraft(at: visit.now) == nil)
  }

  @Test func `has no baseline in an oximeter that has said nothing`() {
    var visit = Visit()
    visit.tell(.checkIn(route: .iv40, patient: nil, seatedMinutes: 4))
    let draft = visit.monitor.baselineDraft(at: visit.now)
    #expect(draft?.spo2 == nil && draft?.systolic == nil && draft?.seconds == 0)
    #expect(draft?.seatedFor == .seconds(240))
  }

  @Test(arguments: Role.allCases)
  func `of a reading by hand is open to whoever measures`(_ role: Role) {
    let visit = Visit.at(.infusing)
    let isReader = [.assistant, .rn, .prescriber, .admin].contains(role)
    #expect(visit.monitor.reasonAgainstReading(by: role) == (isReader ? nil : .notYourRole))
  }

  @Test(arguments: Phase.allCases)
  func `of a reading by hand is open while somebody is watched`(_ phase: Phase) {
    let visit = Visit.at(phase)
    let isWatched = visit.monitor.session?.isMonitored == true
    #expect((visit.monitor.reasonAgainstReading(by: .rn) == nil) == isWatched)
    #expect(visit.monitor.reasonAgainstReading(by: nil) == .unknownStaff)
  }

  @Test(arguments: CommandName.allCases)
  func `is offered to the roles and phases of its rows`(_ name: CommandName) {
    let rows = Transition.table.filter { $0.event == .command(name) }
    guard !rows.isEmpty else { return }
    #expect(Set(name.roles) == rows.reduce(Set<Role>()) { $0.union($1.roles) })
    #expect(Set(name.phases) == rows.reduce(Set<Phase?>()) { $0.union($1.from) })
  }
}
