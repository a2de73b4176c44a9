@testable import Monitoring
import TestKit
import Testing
import Vitals

/// What must hold over any visit, whatever people and devices do.
@Suite struct `Any visit` {
  private static func play(
    _ script: [(Instant, ChairMonitor.Input)], restartingBefore cut: Int? = nil,
    watch: (ChairMonitor, Instant) -> Void = { _, _ in }
  ) -> [String] {
    var monitor = ChairMonitor(policy: .adultKetamineDefault1)
    var events: [String] = []
    func take(_ at: Instant, _ output: ChairMonitor.Output) {
      guard case .event(let event) = output else { return }
      // The interruption's own alarm counts one serial more; what it says is told apart here.
      if case .alarm(let change) = event {
        guard change.alarm.id != .monitoringInterrupted else { return }
        let alarm = change.alarm
        return events.append(
          "\(at) \(alarm.id) \(change.step) \(alarm.priority) \(alarm.value ?? 0)")
      }
      if case .audit(.interrupted) = event { return }
      if case .audit(.refused(.acknowledge, _, _)) = event { return }
      if case .audit(.audioResumed) = event { return }
      if case .audit(.audioPaused) = event { return }
      if case .audit(.statEnded) = event { return }
      events.append("\(at) \(event)")
    }
    for (index, (at, input)) in script.enumerated() {
      if index == cut {
        monitor.handle(.interrupted(since: at), at: at, emit: take)
        // Its latched mark would keep the patient here.
        let acknowledgement = Command.acknowledge(.monitoringInterrupted)
        monitor.handle(
          .command(acknowledgement, by: StaffID("rn1")!, role: .rn), at: at, emit: take)
      }
      monitor.handle(input, at: at, emit: take)
      watch(monitor, at)
    }
    return events
  }

  /// A restart ends pauses and STAT mode; a visit without these must go on as if nothing had been.
  @Test func `goes on through a restart at any event`() {
    var (phases, alarms, counts) = ([Phase: Int](), 0, 0)
    for seed in seeds(12) {
      var random = Seeded(seed)
      let script = QuietVisit.quiet(&random)
      let cuts = Set((0..<12).map { _ in Int.random(in: 0..<script.count, using: &random) })
      var index = 0
      let whole = Self.play(script) { monitor, _ in
        index += 1
        guard cuts.contains(index) else { return }
        if let phase = monitor.session?.phase { phases[phase, default: 0] += 1 }
        alarms += monitor.activeAlarms.isEmpty ? 0 : 1
        if case .delaying = monitor.state(of: .spo2Low).condition { counts += 1 }
      }
      for cut in cuts {
        #expect(Self.play(script, restartingBefore: cut) == whole, "seed \(seed), cut \(cut)")
      }
    }
    // In each phase, with an alarm on, and with one on its way.
    for phase in [Phase.baseline, .infusing, .observation] {
      #expect(phases[phase, default: 0] >= 3, "\(phases)")
    }
    #expect(alarms >= 3 && counts >= 1, "\(alarms) \(counts)")
  }

  /// `remaining` by the formula of 1.4, counted second by second by a watcher of its own.
  @Test func `never shows less time than the formula`() {
    // Seconds in which each term of the formula was the longest, beside plain elapsed time.
    var (byCredit, byHold, away, lost) = (0, 0, 0, 0)
    for seed in seeds(20) {
      var random = Seeded(seed)
      var visit = Visit.observing()
      var (credit, lostFor, isAway, hold) = (1, 0, false, 0)
      for second in 2...2400 {
        switch Int.random(in: 0..<150, using: &random) {
        case 0: isAway = visit.tell(.patientAway(escort: StaffID("rn1")!)).isEmpty || isAway
        case 1: if visit.tell(.patientReturned).isEmpty { isAway = false }
        case 2: visit.shown = nil
        case 3, 4: visit.shown = Visit.reading(97, 72)
        case 5:
          visit.tell(.extend(minutes: 5, reason: "x"))
          hold = second - 1 + 300
        default: break
        }
        visit.pass(1)
        lostFor = visit.shown == nil ? lostFor + 1 : 0
        // Generous: a loss is noticed late, and its first minute counts.
        if !isAway, lostFor <= 66 { credit += 1 }
        let terms = [1800 - second, 1500 - credit, hold - second, 0]
        let floor = terms.max() ?? 0
        let clock = visit.monitor.session!.clock!
        #expect(
          clock.remaining(at: visit.now) >= .seconds(floor), "seed \(seed), second \(second)")
        #expect(clock.elapsed(at: visit.now) == .seconds(second))
        byCredit += floor > 0 && terms[1] == floor ? 1 : 0
        byHold += floor > 0 && terms[2] == floor ? 1 : 0
        away += isAway ? 1 : 0
        lost += lostFor > 66 ? 1 : 0
      }
    }
    #expect(
      byCredit >= 100 && byHold >= 100 && away >= 100 && lost >= 100,
      "\(byCredit) \(byHold) \(away) \(lost)")
  }

  /// A gap in the watching takes exactly its own seconds, unless it is as short as a loss of the
  /// signal that is forgiven, and known to be.
  @Test func `loses the seconds of every gap as credit, and no other`() {
    var kinds: [String: Int] = [:]
    for seed in seeds(20) {
      var random = Seeded(seed)
      var visit = Visit.observing()
      for _ in 0..<12 {
        visit.pass(Int.random(in: 3...200, using: &random))
        let (since, gap) = (visit.now, Int.random(in: 1...150, using: &random))
        let before = visit.monitor.session!.clock!
        let isCertain = Bool.random(using: &random)
        visit.skip(.seconds(gap))
        visit.handle(.interrupted(since: since, isCertain: isCertain))
        let after = visit.monitor.session!.clock!
        let credit = after.credit(at: visit.now) - before.credit(at: since)
        let elapsed = after.elapsed(at: visit.now) - before.elapsed(at: since)
        let isForgiven = isCertain && gap <= 60
        #expect(credit == .seconds(isForgiven ? gap : 0), "seed \(seed), \(gap) s")
        #expect(elapsed == .seconds(isCertain ? gap : 0), "seed \(seed), \(gap) s")
        kinds["\(isCertain) \(gap <= 60)", default: 0] += 1
        // What was missed is never given back later.
        visit.pass(1)
        let next = visit.monitor.session!.clock!.credit(at: visit.now)
        #expect(next - after.credit(at: visit.now - .seconds(1)) <= .seconds(1), "seed \(seed)")
      }
    }
    #expect(kinds.count == 4 && kinds.values.allSatisfy { $0 >= 10 }, "\(kinds)")
  }
}

/// Visits without what a restart is meant to change.
enum QuietVisit {
  static func quiet(_ random: inout Seeded) -> [(Instant, ChairMonitor.Input)] {
    var now = Instant.zero
    var script: [(Instant, ChairMonitor.Input)] = []
    let nurse = StaffID("rn1")!
    func add(_ input: ChairMonitor.Input) { script.append((now, input)) }
    func tell(_ command: Command) { add(.command(command, by: nurse, role: .rn)) }
    add(.stations(1))
    tell(.checkIn(route: Route.allCases.randomElement(using: &random) ?? .iv40, patient: nil))
    tell(.checklist(.clear))
    for second in 0..<130 {
      now = now + .seconds(1)
      add(.oximetry(Visit.reading(97, 72)))
      if second % 64 == 10 { add(.manual(Visit.pressure(120, 76), by: nurse)) }
    }
    tell(.baselineAccepted)
    tell(.escort(.responsibleAdult))
    tell(.doseStart(route: nil))
    let end = Int.random(in: 50...150, using: &random)
    for second in 0..<400 {
      now = now + .seconds(1)
      let isLow = (60..<90).contains(second % 200)
      add(.oximetry(Visit.reading(isLow ? 86 : 97, 72)))
      if second == end { tell(.doseEnd(.completed)) }
      switch Int.random(in: 0..<40, using: &random) {
      case 0: add(.manual(Visit.pressure(150, 90), by: nurse))
      case 1: tell(.assess(.fit))
      case 2: tell(.medication(Medication(name: "x", kind: .antiemetic)))
      case 3: tell(.symptom(SymptomReport(symptom: .nausea, severity: .score(5))))
      case 4: tell(.note("x"))
      case 5: tell(.sign)
      default: break
      }
    }
    return script
  }
}
