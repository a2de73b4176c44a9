@testable import Monitoring
import Testing
import Vitals

/// Every rule on blood pressures against the table of `clinical.md` 2.2, written out anew.
@Suite struct `The rules on blood pressures` {
  /// What a reading was preceded by, and where.
  struct Setting: Sendable {
    var baseline: Baseline? = Baseline(spo2: 98, pulseRate: 72, systolic: 120, diastolic: 76)
    var previous: BloodPressure?
    var secondsSince = 300
    var isObserving = false

    var table: [PressureRule] {
      PressureRule.table(Policy.adultKetamineDefault1.pressure, baseline: baseline)
    }

    func context(_ reading: BloodPressure) -> PressureContext {
      let now = Instant.seconds(10_000)
      return PressureContext(
        reading: reading, at: now,
        previous: previous.map { ($0, now - .seconds(secondsSince)) }, baseline: baseline,
        isObserving: isObserving, policy: Policy.adultKetamineDefault1.pressure)
    }
  }

  /// A priority where violated, `.some(nil)` where good, `nil` where nothing changes.
  typealias Judge = @Sendable (BloodPressure, Setting) -> Priority??

  static let rows: [AlarmID: Judge] = [
    .pressureCritical: { p, _ in p.systolic >= 180 || p.diastolic >= 110 ? .high : .some(nil) },
    .pressureVeryLow: { p, _ in p.systolic < 80 || p.mean < 55 ? .high : .some(nil) },
    .pressureElevated: { p, setting in
      if p.systolic >= 180 || p.diastolic >= 110 { return nil }
      guard p.systolic >= 160 || p.diastolic >= 100 else { return .some(nil) }
      let again = setting.previous.map { $0.systolic >= 160 || $0.diastolic >= 100 } == true
      return again && setting.secondsSince >= 120 ? .medium : .low
    },
    .pressureRise: { p, setting in
      guard let own = setting.baseline else { return .some(nil) }
      guard p.systolic >= own.systolic + 40 || p.diastolic >= own.diastolic + 25
      else { return .some(nil) }
      return setting.isObserving ? .medium : .low
    },
    .pressureLow: { p, _ in p.systolic < 90 || p.mean < 65 ? .medium : .some(nil) },
    .pressureFall: { p, setting in
      guard let own = setting.baseline, p.systolic * 100 <= own.systolic * 70
      else { return .some(nil) }
      return .medium
    },
    .meanHigh: { p, _ in p.mean > 130 ? .medium : .some(nil) },
  ]

  static let settings = [
    Setting(), Setting(baseline: nil), Setting(isObserving: true),
    Setting(baseline: Baseline(spo2: 98, pulseRate: 72, systolic: 127, diastolic: 81)),
    Setting(previous: Visit.pressure(160, 90)), Setting(previous: Visit.pressure(159, 99)),
    Setting(previous: Visit.pressure(150, 100)), Setting(previous: Visit.pressure(190, 90)),
    Setting(previous: Visit.pressure(165, 90), secondsSince: 119),
    Setting(previous: Visit.pressure(165, 90), secondsSince: 120),
  ]

  @Test func `are all in the table, each once`() {
    let ids = Setting().table.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids) == Set(Self.rows.keys))
  }

  /// 251 × 211 pressures, so that every limit is met one below, at it and one above.
  @Test(arguments: settings.indices)
  func `judge every pressure as written`(_ index: Int) throws {
    let setting = Self.settings[index]
    for rule in setting.table {
      let judge = try #require(Self.rows[rule.id])
      var wrong: [String] = []
      for systolic in 30...280 {
        for diastolic in 10..<min(221, systolic) {
          let reading = Visit.pressure(systolic, diastolic)
          let expected = judge(reading, setting)
          let isRight =
            switch rule.judge(setting.context(reading)) {
            case .good: expected == .some(nil)
            case .unchanged: expected == nil
            case .violated(let priority, let value, _):
              expected == priority && [systolic, diastolic, reading.mean].contains(value)
            }
          if !isRight { wrong.append(reading.text) }
        }
      }
      #expect(wrong.isEmpty, "\(rule.id.rawValue): \(wrong.prefix(3))")
    }
  }

  /// The mean as the device measured it counts, not the one that could be computed.
  @Test(arguments: [
    (130, AlarmID.meanHigh, false), (131, .meanHigh, true), (65, .pressureLow, false),
    (64, .pressureLow, true), (55, .pressureVeryLow, false), (54, .pressureVeryLow, true),
  ])
  func `take the measured mean`(mean: Int, id: AlarmID, violates: Bool) {
    let reading =
      mean > 100 ? Visit.pressure(150, 95, mean: mean) : Visit.pressure(120, 50, mean: mean)
    let rule = Setting().table.first { $0.id == id }
    let finding = rule?.judge(Setting().context(reading))
    if case .violated(_, let value, _) = finding {
      #expect(violates && value == mean)
    } else {
      #expect(!violates)
    }
  }

  /// 120 + 20 % is 144; from 150 on the 30 mmHg are the smaller rise.
  @Test(arguments: [(120, 144), (149, 179), (150, 180), (151, 181), (170, 200), (101, 122)])
  func `mark a noteworthy rise, +30 mmHg or +20 percent`(baseline: Int, first: Int) {
    let own = Setting(
      baseline: Baseline(spo2: 98, pulseRate: 72, systolic: baseline, diastolic: 76))
    #expect(own.context(Visit.pressure(first, 80)).isNoteworthyRise)
    #expect(!own.context(Visit.pressure(first - 1, 80)).isNoteworthyRise)
    #expect(!Setting(baseline: nil).context(Visit.pressure(200, 80)).isNoteworthyRise)
  }
}

extension BloodPressure {
  fileprivate var text: String { "\(systolic)/\(diastolic)" }
}
