@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 3.5: three levels of right.
@Suite struct `A limit of one session` {
  private static func set(
    _ visit: inout Visit, _ field: String, _ value: Int, by name: String, _ reason: String? = nil
  ) -> [Refusal.Reason] {
    visit.tell(.setLimit(field: field, value: value, reason: reason), by: name)
  }

  @Test(
    arguments: [
      // Tightened, and loosened inside the allowed range, by a nurse.
      ("spo2.low", 95, "rn1", nil, nil), ("spo2.low", 90, "rn1", nil, nil),
      ("pr.high", 110, "rn1", nil, nil), ("pr.high", 150, "rn1", nil, .outOfRange),
      ("pr.veryHigh", 180, "rn1", nil, nil), ("bp.critSys", 200, "rn1", nil, nil),
      // Beyond it, a prescriber with a reason.
      ("pr.veryHigh", 190, "rn1", "x", .needsPrescriber),
      ("pr.veryHigh", 190, "md1", nil, .needsReason), ("pr.veryHigh", 190, "md1", "", .needsReason),
      ("pr.veryHigh", 190, "md1", "anxious", nil),
      ("bp.critSys", 210, "rn1", "x", .needsPrescriber),
      ("bp.critSys", 210, "md1", "lives at 170", nil),
      // Beyond the outer range, nobody.
      ("spo2.low", 79, "md1", "x", .deadLimit), ("pr.veryHigh", 201, "md1", "x", .deadLimit),
      ("spo2.low", 98, "md1", "x", .outOfRange), ("pr.veryHigh", 119, "md1", "x", .outOfRange),
      // The presets of the observation: longer by a nurse, shorter by a prescriber.
      ("observation.ivMinutes", 45, "rn1", nil, nil),
      ("observation.ivMinutes", 25, "rn1", "x", .needsPrescriber),
      ("observation.ivMinutes", 25, "md1", "x", nil),
      ("observation.spravatoMinutes", 119, "md1", "x", .deadLimit),
      ("tech.stationLost", 20, "md1", "x", .unitWide),
    ] as [(String, Int, String, String?, Refusal.Reason?)])
  func `is set by who may`(
    field: String, value: Int, by: String, reason: String?, refusal: Refusal.Reason?
  ) {
    var visit = Visit.infusing()
    #expect(Self.set(&visit, field, value, by: by, reason) == (refusal.map { [$0] } ?? []))
    #expect(visit.monitor.session?.changedLimits.isEmpty == (refusal != nil))
  }

  @Test func `is tightened by a nurse from wherever a prescriber left it`() {
    var visit = Visit.infusing()
    #expect(Self.set(&visit, "pr.veryHigh", 195, by: "md1", "anxious").isEmpty)
    #expect(Self.set(&visit, "pr.veryHigh", 196, by: "rn1", "x") == [.needsPrescriber])
    #expect(Self.set(&visit, "pr.veryHigh", 190, by: "rn1").isEmpty)
    #expect(
      visit.monitor.session?.changedLimits == [
        ChangedLimit(field: "pr.veryHigh", unit: 140, now: 190)
      ])
    // Another limit may be set while this one stands outside the unit's range.
    #expect(Self.set(&visit, "spo2.low", 93, by: "rn1").isEmpty)
    #expect(Self.set(&visit, "pr.veryHigh", 140, by: "rn1").isEmpty)
    #expect(visit.monitor.session?.changedLimits.map(\.field) == ["spo2.low"])
  }

  @Test func `has an outer range that holds the allowed one, and ends where it is strictest`() {
    for field in Policy.fields {
      #expect(field.outer.lowerBound <= field.allowed.lowerBound, "\(field.name)")
      #expect(field.outer.upperBound >= field.allowed.upperBound, "\(field.name)")
      switch field.tightening {
      case .higher: #expect(field.outer.upperBound == field.allowed.upperBound, "\(field.name)")
      case .lower: #expect(field.outer.lowerBound == field.allowed.lowerBound, "\(field.name)")
      }
    }
  }

  @Test func `is confirmed after a gap of more than 30 s, and stays in force until then`() {
    var visit = Visit.infusing()
    visit.handle(.interrupted(since: visit.now - .seconds(300)))
    #expect(visit.tell(.confirmLimits) == [.nothingToConfirm])
    _ = Self.set(&visit, "spo2.low", 94, by: "rn1")
    visit.handle(.interrupted(since: visit.now - .seconds(30)))
    #expect(visit.tell(.confirmLimits) == [.nothingToConfirm])
    visit.forget()
    visit.handle(.interrupted(since: visit.now - .seconds(31)))
    #expect(visit.monitor.policy.spo2.low == 94)
    visit.pass(241)
    let reminders = visit.audits.filter { $0 == .inactivationReminder(["limitsUnconfirmed"]) }
    #expect(reminders.count == 3)
    #expect(visit.tell(.confirmLimits).isEmpty)
    visit.forget()
    visit.pass(241)
    #expect(visit.audits.isEmpty)
  }
}
