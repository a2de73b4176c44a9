@testable import Monitoring
import TestKit
import Testing
import Vitals

/// One cause hides its consequences and never a HIGH that was active; a lost signal silences
/// nothing (`clinical.md` 3.2, issue 4 done-when 3).
@Suite struct `Whatever the signal turns into` {
  enum Signal: CaseIterable, CustomTestStringConvertible {
    case good, low, slow, off, unplugged, motion, searching, noPulse, weak, silent, frozen
    var testDescription: String { "\(self)" }

    var reading: OximeterReading? {
      switch self {
      case .good, .frozen: Visit.reading(97, 72)
      case .low: Visit.reading(84, 72)
      case .slow: Visit.reading(97, 36)
      case .off: Visit.reading(nil, nil, .sensorOff)
      case .unplugged: Visit.reading(nil, nil, .sensorDisconnected)
      case .motion: Visit.reading(84, 36, .artifact)
      case .searching: Visit.reading(nil, nil, .searching)
      case .noPulse: Visit.reading(nil, nil, .nonPulsatile)
      case .weak: Visit.reading(84, 36, perfusion: 5)
      case .silent: nil
      }
    }

    /// Whether its numbers may be judged.
    var isUsable: Bool { reading?.isUsable == true && self != .weak }

    /// What it must have raised after two minutes, alone.
    var alarms: Set<AlarmID> {
      switch self {
      case .good: []
      case .frozen: [.frozen]
      case .low: [.spo2Low, .spo2VeryLow]
      case .slow: [.pulseLow, .pulseVeryLow]
      case .off, .unplugged: [.sensorOff]
      case .motion, .searching: [.signalPoor]
      case .noPulse: [.noPulse]
      case .weak: [.signalPoor, .lowPerfusion]
      case .silent: [.noData]
      }
    }
  }

  private static func active(_ visit: Visit) -> Set<AlarmID> {
    Set(visit.monitor.activeAlarms.filter { $0.presence == .active }.map(\.id))
  }

  @Test(arguments: Signal.allCases, Signal.allCases)
  func `its cause is told, its consequences are not, and nothing HIGH is lost`(
    first: Signal, second: Signal
  ) {
    var visit = Visit.infusing()
    visit.isFrozen = first == .frozen
    visit.pass(40, showing: first.reading)
    let before = Self.active(visit)
    let high = visit.monitor.activeAlarms.filter {
      $0.presence == .active && $0.priority == .high && $0.id.kind == .physiological
    }
    visit.isFrozen = second == .frozen
    visit.shown = second.reading
    for later in 0..<140 {
      visit.pass(1)
      // Half a minute is the longest until a loss is told, and 3 s until a sensor counts as back.
      if !second.isUsable, later >= 34 { #expect(!Self.active(visit).isEmpty) }
      guard !second.isUsable else { continue }
      for alarm in high { #expect(Self.active(visit).contains(alarm.id), "\(alarm.id)") }
    }
    let after = Self.active(visit)
    var wanted = second.alarms
    // A pulse that was missing still is, as far as anybody knows: that is the cause.
    if after.contains(.noPulse), !second.isUsable { wanted.remove(.signalPoor) }
    #expect(after.isSuperset(of: wanted), "missing \(wanted.subtracting(after))")
    let allowed = wanted.union(second.isUsable ? [] : before)
    #expect(after.isSubset(of: allowed), "too many: \(after.subtracting(allowed))")
  }

  /// Neither sensor-off nor poor for long enough, yet never a number.
  @Test(arguments: [(Signal.off, Signal.motion), (.off, .noPulse), (.noPulse, .motion)])
  func `in turns, a person comes within a minute and a half`(first: Signal, second: Signal) {
    var visit = Visit.infusing()
    for turn in 0..<12 { visit.pass(7, showing: (turn % 2 == 0 ? first : second).reading) }
    #expect(visit.monitor.activeAlarms.contains { $0.priority >= .medium })
  }

  /// Ten frames a second for 100 s, 97 to 72 %; the cable is cut after each of them.
  @Test func `a cut at any of 1000 points of a desaturation leads to an alarm`() {
    let visit = Visit.infusing()
    let start = visit.now
    var monitor = visit.monitor
    var (withHigh, withNone) = (0, 0)
    for point in 0..<1000 {
      let now = start + .milliseconds(Int64(point + 1) * 100)
      let reading = Visit.reading(97 - point / 40, 72, perfusion: 200 + point % 3)
      monitor.handle(.oximetry(reading), at: now) { _, _ in }
      var cut = monitor
      let kept = Set(cut.activeAlarms.map(\.id))
      withHigh += kept.contains(.spo2VeryLow) ? 1 : 0
      withNone += kept.isEmpty ? 1 : 0
      for second in [10, 11, 30, 71, 600] {
        cut.advance(to: now + .seconds(second)) { _, _ in }
        let active = Set(cut.activeAlarms.filter { $0.presence == .active }.map(\.id))
        #expect(active.contains(.noData) && active.isSuperset(of: kept), "point \(point)")
      }
      #expect(cut.activeAlarms.contains { $0.priority == .high })
    }
    // Before the first alarm, and after the worst.
    #expect(withHigh >= 100 && withNone >= 100, "\(withHigh), \(withNone)")
  }

  /// From the instant of the last good sample on, nothing that is no number changes anything.
  @Test func `an invalid or stale reading raises and clears nothing physiological`() {
    // What a wrong reading could have cleared, or raised, and that it was noticed at all.
    var (standing, counting, told) = (0, 0, 0)
    for seed in seeds(200) {
      var random = Seeded(seed)
      var visit = Visit.infusing()
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        let reading = Visit.reading(
          Int.random(in: 84...97, using: &random), Int.random(in: 36...145, using: &random))
        visit.pass(Int.random(in: 1...9, using: &random), showing: reading)
      }
      visit.handle(.oximetry(Visit.reading(70, 30, .artifact)))
      visit.forget()
      standing += Self.active(visit).contains { $0.kind == .physiological } ? 1 : 0
      counting += Self.hasFrozenCount(visit) ? 1 : 0
      let invalid: [Signal] = [.off, .unplugged, .motion, .searching, .weak, .silent]
      for _ in 0..<12 {
        visit.pass(
          Int.random(in: 1...20, using: &random),
          showing: invalid.randomElement(using: &random)?.reading)
      }
      let changes = visit.events.compactMap { event -> AlarmChange? in
        if case .alarm(let change) = event.event { change } else { nil }
      }
      let physiological = changes.filter { $0.alarm.id.kind == .physiological }
      #expect(physiological.isEmpty, "seed \(seed): \(physiological)")
      told += changes.isEmpty ? 0 : 1
    }
    #expect(standing >= 50 && counting >= 50 && told >= 100, "\(standing) \(counting) \(told)")
  }

  /// Whether a delay of a physiological rule had begun when the numbers became invalid.
  private static func hasFrozenCount(_ visit: Visit) -> Bool {
    AlarmID.allCases.contains { id in
      if case .frozen = visit.monitor.state(of: id).condition {
        id.kind == .physiological
      } else {
        false
      }
    }
  }

  @Test func `priority never falls while an alarm is active`() {
    var (escalations, ended) = (0, 0)
    for seed in seeds(60) {
      var random = Seeded(seed)
      let script = `A chair's monitor is a machine`.script(&random)
      var monitor = ChairMonitor(policy: .adultKetamineDefault1)
      var priorities: [Int: Priority] = [:]
      var falls: [String] = []
      for (at, input) in script {
        monitor.handle(input, at: at) { _, output in
          guard case .event(.alarm(let change)) = output else { return }
          // A new session counts its alarms anew.
          if change.step == .raised { priorities[change.alarm.serial] = nil }
          escalations += change.step == .escalated ? 1 : 0
          ended += change.step == .cleared ? 1 : 0
        }
        for alarm in monitor.activeAlarms {
          if let before = priorities[alarm.serial], alarm.priority < before {
            falls.append("\(alarm.id.rawValue) at \(at)")
          }
          priorities[alarm.serial] = alarm.priority
        }
      }
      #expect(falls.isEmpty, "seed \(seed): \(falls)")
    }
    #expect(escalations >= 30 && ended >= 30, "\(escalations) \(ended)")
  }
}
