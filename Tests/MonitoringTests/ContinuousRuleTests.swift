@testable import Monitoring
import Testing
import Vitals

/// Every rule on oximeter samples against the table of `clinical.md` 2.2, written out anew.
///
/// A rule that is not in the table fails, so that a new one is covered or noticed.
@Suite struct `The rules on oximeter samples` {
  enum Number: Sendable { case saturation, pulse }

  struct Row: Sendable {
    let number: Number
    let violating: ClosedRange<Int>
    let priority: Priority
    let delay: Int
  }

  /// With a baseline of 98 %, 76/min: 30 % above is 98.8, so the floor of 100 counts.
  static let baseline = Baseline(spo2: 98, pulseRate: 76, systolic: 120, diastolic: 76)
  static let rows: [AlarmID: Row] = [
    .spo2Low: Row(number: .saturation, violating: 1...91, priority: .medium, delay: 10),
    .spo2VeryLow: Row(number: .saturation, violating: 1...87, priority: .high, delay: 3),
    .spo2Fall: Row(number: .saturation, violating: 92...93, priority: .low, delay: 30),
    .pulseHigh: Row(number: .pulse, violating: 121...300, priority: .medium, delay: 15),
    .pulseVeryHigh: Row(number: .pulse, violating: 141...300, priority: .high, delay: 10),
    .pulseLow: Row(number: .pulse, violating: 18...49, priority: .medium, delay: 10),
    .pulseVeryLow: Row(number: .pulse, violating: 18...39, priority: .high, delay: 5),
    .pulseRelative: Row(number: .pulse, violating: 101...300, priority: .low, delay: 120),
  ]
  static let table = ContinuousRule.table(.adultKetamineDefault1, baseline: baseline)
  static let byStatus: Set<AlarmID> = [
    .noPulse, .sensorOff, .signalPoor, .lowPerfusion, .battery,
  ]

  static func reading(_ number: Number, _ value: Int) -> OximeterReading {
    switch number {
    case .saturation: Visit.reading(value, 72)
    case .pulse: Visit.reading(97, value)
    }
  }

  @Test func `are all in the table, each once`() {
    let ids = Self.table.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids) == Set(Self.rows.keys).union(Self.byStatus))
  }

  @Test func `compare every value as written`() throws {
    for rule in Self.table where !Self.byStatus.contains(rule.id) {
      let row = try #require(Self.rows[rule.id])
      #expect(rule.priority == row.priority, "\(rule.id)")
      #expect(rule.delay == .seconds(row.delay) && rule.clear == .seconds(5), "\(rule.id)")
      for value in row.number == .saturation ? 1...100 : 18...300 {
        #expect(
          rule.judge(Self.reading(row.number, value)) == row.violating.contains(value),
          "\(rule.id.rawValue) at \(value)")
      }
    }
  }

  @Test(arguments: rows.keys.sorted { $0.rawValue < $1.rawValue })
  func `raise on the limit's wrong side only, after the delay, and clear after 5 s`(
    _ id: AlarmID
  ) throws {
    let row = try #require(Self.rows[id])
    for edge in Set([row.violating.lowerBound, row.violating.upperBound]) {
      let possible = row.number == .saturation ? 1...100 : 18...300
      for value in edge - 1...edge + 1 where possible.contains(value) {
        // The baseline of the visit is 97 %, 72/min; the relative rules follow it.
        var visit = Visit.infusing(policy: .adultKetamineDefault1)
        guard
          let rule = ContinuousRule.table(
            .adultKetamineDefault1, baseline: visit.monitor.session?.baseline
          )
          .first(where: { $0.id == id }),
          let violates = rule.judge(Self.reading(row.number, value))
        else { throw Missing() }
        visit.forget()
        let start = visit.seconds + 1
        visit.pass(row.delay + 2, showing: Self.reading(row.number, value))
        visit.pass(7, showing: Self.reading(.pulse, 72))
        let steps = visit.alarmSteps.filter { $0.hasPrefix(id.rawValue + " ") }
        let name = row.priority.name
        let (raised, ended) = (start + Double(row.delay), start + Double(row.delay + 2) + 5)
        let end = id.isLatching ? "latched" : "cleared"
        #expect(
          steps
            == (violates
              ? [
                "\(id.rawValue) raised \(name) @\(raised)",
                "\(id.rawValue) \(end) \(name) @\(ended)",
              ]
              : []),
          "\(value)")
      }
    }
  }

  struct Missing: Error {}

  @Test func `say nothing about a sample that cannot be judged`() {
    for rule in Self.table where !Self.byStatus.contains(rule.id) {
      for mark in SignalStatus.names.compactMap(SignalStatus.init(name:))
      where !mark.isDisjoint(with: .unusable) {
        #expect(rule.judge(Visit.reading(40, 20, mark)) == nil, "\(rule.id) \(mark.names)")
      }
      #expect(rule.judge(OximeterReading()) == nil)
    }
  }

  @Test(arguments: [
    (57, 49), (55, 47), (52, 44), (50, 42), (45, 42), (58, 50), (72, 50),
  ])
  func `lower the pulse limit for a slow baseline, never below 42`(baseline: Int, limit: Int) {
    let own = Baseline(spo2: 98, pulseRate: baseline, systolic: 120, diastolic: 76)
    #expect(ContinuousRule.pulseLowLimit(.adultKetamineDefault1, own) == limit)
    let rule = ContinuousRule.table(.adultKetamineDefault1, baseline: own)
      .first { $0.id == .pulseLow }
    #expect(rule?.judge(Visit.reading(97, limit)) == false)
    #expect(rule?.judge(Visit.reading(97, limit - 1)) == true)
    #expect(rule?.limit == limit)
  }

  @Test(arguments: [(98, 93), (99, 94), (100, 94), (97, 92), (96, 91)])
  func `measure a fall from the baseline, up to 94 and down to the low limit`(
    baseline: Int, limit: Int
  ) {
    let own = Baseline(spo2: baseline, pulseRate: 72, systolic: 120, diastolic: 76)
    let rule = ContinuousRule.table(.adultKetamineDefault1, baseline: own)
      .first { $0.id == .spo2Fall }
    for value in 80...100 {
      #expect(rule?.judge(Visit.reading(value, 72)) == (value <= limit && value >= 92), "\(value)")
    }
  }

  @Test(arguments: [(76, 101), (77, 101), (78, 102), (90, 117), (60, 101)])
  func `measure a relative pulse from 1,3 times the baseline`(baseline: Int, first: Int) {
    let own = Baseline(spo2: 98, pulseRate: baseline, systolic: 120, diastolic: 76)
    let rule = ContinuousRule.table(.adultKetamineDefault1, baseline: own)
      .first { $0.id == .pulseRelative }
    #expect(rule?.judge(Visit.reading(97, first)) == true)
    #expect(rule?.judge(Visit.reading(97, first - 1)) == false)
  }

  @Test func `leave relative rules out until a baseline is accepted`() {
    let ids = Set(ContinuousRule.table(.adultKetamineDefault1, baseline: nil).map(\.id))
    #expect(ids == Set(Self.table.map(\.id)).subtracting([.spo2Fall, .pulseRelative]))
  }
}
