@testable import Monitoring
import Testing
import Vitals

/// Limits as data: the table of fields and the rules between them (`clinical.md` 2.2, 3.5).
@Suite struct `A policy` {
  static let fields = Policy.fields.indices

  @Test func `as built in has no problem`() { #expect(Policy.adultKetamineDefault1.problems == []) }

  @Test func `names each value once`() {
    #expect(Set(Policy.fields.map(\.name)).count == Policy.fields.count)
    // Two names for one value would let one undo the other.
    var policy = Policy()
    for (index, field) in Policy.fields.enumerated() { policy[keyPath: field.path] = -1 - index }
    for (index, field) in Policy.fields.enumerated() {
      #expect(policy[keyPath: field.path] == -1 - index, "\(field.name)")
    }
  }

  /// Reflection sees what the table might have forgotten.
  @Test func `names every value`() {
    let values = Mirror(reflecting: Policy()).children.filter { $0.label != "policyID" }
      .reduce(0) { $0 + Mirror(reflecting: $1.value).children.count }
    #expect(values == Policy.fields.count)
  }

  @Test(arguments: fields)
  func `is refused a value outside its range, and only that`(_ index: Int) {
    let field = Policy.fields[index]
    for value in [field.allowed.lowerBound - 1, field.allowed.upperBound + 1, Int(Int32.max), -1]
    where !field.allowed.contains(value) {
      var policy = Policy()
      policy[keyPath: field.path] = value
      let problem = policy.problems.first
      #expect(problem?.field == field.name, "\(value)")
      #expect(problem?.complaint.contains(field.allowedText) == true)
    }
    for value in [field.allowed.lowerBound, field.allowed.upperBound] {
      var policy = Policy()
      policy[keyPath: field.path] = value
      #expect(!policy.problems.contains { $0.complaint.contains("outside") }, "\(value)")
    }
  }

  /// `clinical.md` 3.5: low < high with at least 2 points, 5 mmHg, 5 beats between.
  @Test(arguments: [
    ("spo2.veryLow", "spo2.low", 2), ("pr.veryLow", "pr.low", 5), ("pr.high", "pr.veryHigh", 5),
    ("rr.veryLow", "rr.low", 2), ("bp.veryLowSys", "bp.lowSys", 5),
    ("bp.elevSys", "bp.critSys", 5), ("bp.elevDia", "bp.critDia", 5),
    ("bp.veryLowMap", "bp.lowMap", 5), ("tech.signalPoorLow", "tech.signalPoorMed", 1),
    ("tech.frozenLow", "tech.frozenMed", 1), ("tech.bpOverdueLow", "tech.bpOverdueMed", 1),
    ("observation.min", "observation.ivMinutes", 0),
    ("observation.ivMinutes", "observation.max", 0),
  ])
  func `keeps its limits in order, with a gap`(lower: String, upper: String, gap: Int) throws {
    let (low, high) = (try #require(Policy.field(lower)), try #require(Policy.field(upper)))
    for value in low.allowed {
      var policy = Policy()
      policy[keyPath: low.path] = value
      let isOrdered = value + gap <= policy[keyPath: high.path]
      let complaints = policy.problems.filter { $0.complaint.contains(upper) }
      #expect(complaints.isEmpty == isOrdered, "\(lower) \(value)")
      #expect(complaints.allSatisfy { $0.field == lower })
    }
  }

  @Test(arguments: [
    ("pr.relFactor", "1.30 ×", "1.20…1.60 ×"), ("tech.lowPerfusionPI", "0.30 %", "0.10…1.00 %"),
    ("spo2.low", "92 %", "85…97 %"),
  ])
  func `is printed as files give it`(name: String, text: String, range: String) {
    let field = Policy.field(name)
    #expect(field?.text(Policy()) == text && field?.allowedText == range)
  }

  @Test func `may be changed for one session, inside its range, on record`() {
    var visit = Visit.infusing()
    let change = Command.setLimit(field: "spo2.low", value: 94, reason: "darker skin")
    #expect(visit.tell(change).isEmpty)
    #expect(visit.monitor.policy.spo2.low == 94)
    #expect(visit.monitor.session?.changedLimits == ["spo2.low"])
    #expect(
      visit.audits.last
        == .limitChanged(
          field: "spo2.low", from: 92, to: 94, by: .init("rn1")!, reason: "darker skin"))
    visit.pass(12, showing: Visit.reading(93, 72))
    #expect(visit.alarm(.spo2Low)?.limit == 94)
    #expect(visit.tell(.setLimit(field: "spo2.low", value: 98, reason: nil)) == [.outOfRange])
    #expect(visit.tell(.setLimit(field: "spo2.low", value: 89, reason: nil)) == [.outOfRange])
    #expect(visit.tell(.setLimit(field: "spo2.lower", value: 90, reason: nil)) == [.unknownField])
    // The next patient starts from what the prescriber set, not from this one.
    visit.tell(.transfer(destination: "ED"))
    visit.tell(.handoverDone(note: "well"))
    visit.tell(.checkIn(route: .iv40, patient: nil))
    #expect(visit.monitor.policy == .adultKetamineDefault1)
  }
}
