@testable import Monitoring
import TestKit
import Testing
import Vitals

/// The engine against ``NaiveRules``, second by second (issue 4, done-when 5).
@Suite struct `A plain loop over seconds` {
  private static let length = 260
  /// The last sample before a course is like none in it, or a stillness would begin there.
  private static let chair = {
    var visit = Visit.infusing()
    visit.pass(1, showing: Visit.reading(97, 72, perfusion: 177))
    return visit
  }()

  /// 1000 courses in 20 lots, so that a failure names few.
  @Test(arguments: seeds(20))
  func `finds what the engine finds`(lot: UInt64) {
    for number in 0..<50 {
      let seed = lot * 1000 + UInt64(number)
      var random = Seeded(seed)
      let course = Self.course(&random)
      let expected = NaiveRules.run(course)
      let found = Self.engine(course)
      #expect(Set(expected.keys) == Set(found.keys))
      for (name, seconds) in expected {
        guard let first = seconds.indices.first(where: { seconds[$0] != found[name]?[$0] })
        else { continue }
        Issue.record("seed \(seed): \(name) at \(first) s must be \(seconds[first])")
      }
    }
  }

  /// Every rule is met by many of the courses; a comparison of silence with silence is none.
  @Test func `meets every rule`() {
    var met: [String: Int] = [:]
    for seed in seeds(100) {
      var random = Seeded(seed)
      for (name, seconds) in NaiveRules.run(Self.course(&random)) where seconds.contains(true) {
        met[name, default: 0] += 1
      }
    }
    var random = Seeded(1)
    for name in NaiveRules.run(Self.course(&random)).keys {
      #expect(met[name, default: 0] >= 3, "\(name)")
    }
  }

  private static func engine(_ course: [NaiveRules.Second]) -> [String: [Bool]] {
    var monitor = chair.monitor
    var now = chair.now
    let compared = AlarmID.allCases.filter { !notCompared.contains($0) }
    var rows = compared.map { _ in [Bool]() }
    var elevated: [Bool] = []
    for second in course {
      now = now + .seconds(1)
      if second.hasFrame {
        monitor.handle(.oximetry(reading(second)), at: now) { _, _ in }
      } else {
        monitor.advance(to: now) { _, _ in }
      }
      if let rate = second.respiration.flatMap(RespirationRate.init(perMinute:)) {
        monitor.handle(.respiration(rate, by: nil), at: now) { _, _ in }
      }
      if let (systolic, diastolic) = second.pressure {
        monitor.handle(
          .manual(Visit.pressure(systolic, diastolic), by: .system), at: now
        ) { _, _ in }
      }
      for index in compared.indices {
        rows[index].append(monitor.alarms.isActive(compared[index]))
      }
      elevated.append(monitor.alarms.alarm(.pressureElevated)?.priority == .medium)
    }
    var found = ["BP_ELEV MEDIUM": elevated]
    for (id, row) in zip(compared, rows) { found[id.rawValue] = row }
    return found
  }

  /// Found by people, devices and the ward, not in numbers.
  private static let notCompared: Set<AlarmID> = [
    .pulseDiscord, .sameLimb, .battery, .cuffFailed, .pressureOverdue, .cuffStuck, .callStop,
    .awayLong, .stationLink, .notDelivered, .monitoringInterrupted, .logFailing,
    .stationSilent,
  ]

  private static func reading(_ second: NaiveRules.Second) -> OximeterReading {
    let status: SignalStatus =
      switch second.mark {
      case .none: []
      case .off: .sensorOff
      case .motion: .artifact
      case .searching: .searching
      case .noPulse: .nonPulsatile
      }
    return Visit.reading(second.spo2, second.pulse, status, perfusion: second.perfusion)
  }

  /// Stretches of a second to two minutes, each near some limit or without a signal.
  private static func course(_ random: inout Seeded) -> [NaiveRules.Second] {
    var course: [NaiveRules.Second] = []
    var respiration: Int?
    // Every other patient's pressure is high, and measured more rarely.
    let isHigh = Bool.random(using: &random)
    while course.count < length {
      var second = NaiveRules.Second()
      let isLong = Int.random(in: 0..<6, using: &random) == 0
      let isSteady = isLong && Bool.random(using: &random)
      let seconds = Int.random(in: isLong ? 30...180 : 1...16, using: &random)
      second.spo2 = [97, 97, 94, 93, 92, 92, 91, 88, 87, 60].randomElement(using: &random) ?? 97
      second.pulse =
        [72, 72, 101, 94, 93, 120, 121, 140, 141, 50, 49, 40, 39].randomElement(using: &random)
        ?? 72
      second.perfusion =
        [200, 200, 200, 30, 29, 10, 9].randomElement(using: &random) ?? 200
      if Int.random(in: 0..<3, using: &random) == 0 {
        second.mark = NaiveRules.Mark.allCases.randomElement(using: &random) ?? .none
      }
      second.hasFrame = Int.random(in: 0..<8, using: &random) > 0
      if Int.random(in: 0..<3, using: &random) == 0 {
        respiration = [nil, 14, 7, 8, 9, 10, 25, 26].randomElement(using: &random) ?? nil
      }
      second.respiration = respiration
      let isStill = Int.random(in: 0..<3, using: &random) == 0
      for step in 0..<seconds {
        var one = second
        if !isStill { one.perfusion += (course.count / 7) % 2 }
        // Single seconds that differ, as signals have them.
        switch isSteady ? 40 : Int.random(in: 0..<40, using: &random) {
        case 0: one.spo2 = 97
        case 1: one.hasFrame = false
        case 2: one.mark = .motion
        case 3: one.respiration = nil
        case 4 where step > 0: one.pulse = 72
        default: break
        }
        if Int.random(in: 0..<(isHigh ? 120 : 60), using: &random) == 0 {
          one.pressure = isHigh ? highPressure(&random) : pressure(&random)
        }
        course.append(one)
      }
    }
    return Array(course.prefix(length))
  }

  private static func pressure(_ random: inout Seeded) -> (systolic: Int, diastolic: Int) {
    let systolic =
      [120, 159, 160, 160, 161, 170, 179, 180, 90, 89, 80, 79, 84, 85].randomElement(using: &random)
      ?? 120
    let diastolic =
      [76, 99, 100, 101, 109, 110, 50, 42, 100, 120].randomElement(using: &random) ?? 76
    return (systolic, min(diastolic, systolic - 10))
  }

  private static func highPressure(_ random: inout Seeded) -> (systolic: Int, diastolic: Int) {
    let systolic = [150, 159, 160, 165, 179, 180].randomElement(using: &random) ?? 160
    return (systolic, [90, 99, 100, 109].randomElement(using: &random) ?? 90)
  }
}
