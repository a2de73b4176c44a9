@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 1.5: a visit that may end, and each criterion spoilt once.
@Suite struct `A discharge criterion` {
  struct Case: Sendable, CustomTestStringConvertible {
    let criterion: Criterion
    let says: String
    let isMet: Bool
    let change: @Sendable (inout Facts) -> Void
    var testDescription: String { "\(criterion): \(says)" }

    init(
      _ criterion: Criterion, _ says: String, _ isMet: Bool,
      _ change: @escaping @Sendable (inout Facts) -> Void
    ) {
      (self.criterion, self.says, self.isMet, self.change) = (criterion, says, isMet, change)
    }
  }

  /// ``DischargeFacts`` that can be changed, all well.
  struct Facts: Sendable {
    var remaining = Duration.zero
    var last: BloodPressure? = Visit.pressure(120, 76)
    var pressureAge = 300
    var earlier: BloodPressure? = Visit.pressure(121, 77)
    var sample: OximeterReading? = Visit.reading(97, 72)
    var validSeconds = 600
    var baseline: Baseline? = Baseline(spo2: 98, pulseRate: 72, systolic: 120, diastolic: 76)
    var hasBlockingAlarm = false
    var highEndedAgo: Int?
    var otherEndedAgo: Int?
    var assessment = Assessment.fit
    var escort: Escort? = .responsibleAdult
    var route = Route.iv40
    var uncertainSeconds = 0
    var justBack = false
    var oxygen = false
    var roomAirFor: Int?
    var vomitedAgo: Int?
    var isEscortNamed = true
    var missing: [String] = []

    var facts: DischargeFacts {
      let now = Instant.seconds(10_000)
      return DischargeFacts(
        remaining: remaining, lastPressure: last.map { ($0, now - .seconds(pressureAge)) },
        earlierPressure: earlier, sample: sample, validSeconds: validSeconds, isJustBack: justBack,
        isOnOxygen: oxygen, roomAirSince: roomAirFor.map { now - .seconds($0) },
        baseline: baseline,
        hasBlockingAlarm: hasBlockingAlarm,
        lastHighEnd: highEndedAgo.map { now - .seconds($0) },
        lastOtherEnd: otherEndedAgo.map { now - .seconds($0) }, assessment: assessment,
        vomitedAt: vomitedAgo.map { now - .seconds($0) }, escort: escort,
        isEscortNamed: isEscortNamed, route: route, missingFields: missing,
        uncertainty: .seconds(uncertainSeconds),
        policy: Policy.Observation(), now: now)
    }
  }

  static let measured = [
    Case(.time, "1 ns left", false) { $0.remaining = .nanoseconds(1) },
    Case(.bpAge, "10 min", true) { $0.pressureAge = 600 },
    Case(.bpAge, "older", false) { $0.pressureAge = 601 },
    Case(.bpRange, "SBP 144, +20 %", true) { $0.last = Visit.pressure(144, 76) },
    Case(.bpRange, "SBP 145", false) { $0.last = Visit.pressure(145, 76) },
    Case(.bpRange, "SBP 96, -20 %", true) { $0.last = Visit.pressure(96, 60) },
    Case(.bpRange, "SBP 95", false) { $0.last = Visit.pressure(95, 60) },
    Case(.bpRange, "DBP 99", true) { $0.last = Visit.pressure(130, 99) },
    Case(.bpRange, "DBP 100", false) { $0.last = Visit.pressure(130, 100) },
    Case(.bpRange, "the one before", false) { $0.earlier = Visit.pressure(145, 76) },
    Case(.bpRange, "only one", false) { $0.earlier = nil },
    Case(.bpRange, "SBP 159 of 140", true) {
      $0.baseline = Baseline(spo2: 98, pulseRate: 72, systolic: 140, diastolic: 80)
      $0.last = Visit.pressure(159, 90)
      $0.earlier = $0.last
    },
    Case(.bpRange, "SBP 160 of 140", false) {
      $0.baseline = Baseline(spo2: 98, pulseRate: 72, systolic: 140, diastolic: 80)
      $0.last = Visit.pressure(160, 90)
      $0.earlier = $0.last
    },
    Case(.bpRange, "SBP 90 of 100", true) {
      $0.baseline = Baseline(spo2: 98, pulseRate: 72, systolic: 100, diastolic: 60)
      ($0.last, $0.earlier) = (Visit.pressure(90, 60), Visit.pressure(90, 60))
    },
    Case(.bpRange, "SBP 89 of 100", false) {
      $0.baseline = Baseline(spo2: 98, pulseRate: 72, systolic: 100, diastolic: 60)
      ($0.last, $0.earlier) = (Visit.pressure(89, 60), Visit.pressure(90, 60))
    },
    Case(.spo2, "94", true) { $0.sample = Visit.reading(94, 72) },
    Case(.spo2, "93", false) { $0.sample = Visit.reading(93, 72) },
    Case(.spo2, "93 of 95", true) {
      $0.baseline = Baseline(spo2: 95, pulseRate: 72, systolic: 120, diastolic: 76)
      $0.sample = Visit.reading(93, 72)
    },
    Case(.spo2, "92 of 95", false) {
      $0.baseline = Baseline(spo2: 95, pulseRate: 72, systolic: 120, diastolic: 76)
      $0.sample = Visit.reading(92, 72)
    },
    Case(.spo2, "5 min valid", true) { $0.validSeconds = 300 },
    Case(.spo2, "less than 5 min valid", false) { $0.validSeconds = 299 },
    Case(.pulse, "92, +20", true) { $0.sample = Visit.reading(97, 92) },
    Case(.pulse, "93", false) { $0.sample = Visit.reading(97, 93) },
    Case(.pulse, "52, -20", true) { $0.sample = Visit.reading(97, 52) },
    Case(.pulse, "51", false) { $0.sample = Visit.reading(97, 51) },
    Case(.pulse, "110 of 105", true) {
      $0.baseline = Baseline(spo2: 98, pulseRate: 105, systolic: 120, diastolic: 76)
      $0.sample = Visit.reading(97, 110)
    },
    Case(.pulse, "111 of 105", false) {
      $0.baseline = Baseline(spo2: 98, pulseRate: 105, systolic: 120, diastolic: 76)
      $0.sample = Visit.reading(97, 111)
    },
    Case(.pulse, "84 of 105, -20 %", true) {
      $0.baseline = Baseline(spo2: 98, pulseRate: 105, systolic: 120, diastolic: 76)
      $0.sample = Visit.reading(97, 84)
    },
    Case(.activeAlarm, "one", false) { $0.hasBlockingAlarm = true },
    Case(.quietPeriod, "10 min after a HIGH", true) { $0.highEndedAgo = 600 },
    Case(.quietPeriod, "less after a HIGH", false) { $0.highEndedAgo = 599 },
    Case(.quietPeriod, "5 min after a LOW", true) { $0.otherEndedAgo = 300 },
    Case(.quietPeriod, "less after a LOW", false) { $0.otherEndedAgo = 299 },
    Case(.spo2, "on oxygen", false) { $0.oxygen = true },
    Case(.spo2, "15 min off oxygen", true) { $0.roomAirFor = 900 },
    Case(.spo2, "less off oxygen", false) { $0.roomAirFor = 899 },
    Case(.spo2, "just back", false) { $0.justBack = true },
    Case(.clock, "1 min uncertain", true) { $0.uncertainSeconds = 60 },
    Case(.clock, "more uncertain", false) { $0.uncertainSeconds = 61 },
  ]

  static let judged = [
    Case(.aldrete, "9", true) { $0.assessment.aldrete = 9 },
    Case(.aldrete, "8", false) { $0.assessment.aldrete = 8 },
    Case(.aldrete, "five items of 2", true) {
      $0.assessment.aldrete = nil
      for path in Self.aldreteItems { $0.assessment[keyPath: path] = 2 }
    },
    Case(.aldrete, "two items of 1", false) {
      $0.assessment.aldrete = nil
      for path in Self.aldreteItems { $0.assessment[keyPath: path] = 2 }
      ($0.assessment.activity, $0.assessment.circulation) = (1, 1)
    },
    Case(.aldrete, "an item of 0", false) { $0.assessment.activity = 0 },
    Case(.padss, "five items, one of 1", true) {
      $0.assessment.padss = nil
      for path in Self.padssItems { $0.assessment[keyPath: path] = 2 }
      $0.assessment.padssPain = 1
    },
    Case(.padss, "two items of 1", false) {
      $0.assessment.padss = nil
      for path in Self.padssItems { $0.assessment[keyPath: path] = 2 }
      ($0.assessment.padssNausea, $0.assessment.padssBleeding) = (1, 1)
    },
    Case(.padss, "an item that was not asked", false) {
      $0.assessment.padss = nil
      for path in Self.padssItems { $0.assessment[keyPath: path] = 2 }
      $0.assessment.padssBleeding = nil
    },
    Case(.padss, "9", true) { $0.assessment.padss = 9 },
    Case(.padss, "8", false) { $0.assessment.padss = 8 },
    Case(.sedation, "4", false) { $0.assessment.moaas = 4 },
    Case(.sedation, "POSS 2", false) { $0.assessment.poss = 2 },
    Case(.sedation, "POSS 1 alone", true) { $0.assessment.moaas = nil },
    Case(.sedation, "neither", false) { ($0.assessment.moaas, $0.assessment.poss) = (nil, nil) },
    Case(.orientation, "3", false) { $0.assessment.orientation = 3 },
    Case(.dissociation, "1", true) { $0.assessment.dissociation = 1 },
    Case(.dissociation, "2", false) { $0.assessment.dissociation = 2 },
    Case(.nausea, "3", true) { $0.assessment.nausea = 3 },
    Case(.nausea, "4", false) { $0.assessment.nausea = 4 },
    Case(.dissociation, "back to usual", true) {
      ($0.assessment.dissociation, $0.assessment.backToUsual) = (nil, true)
    },
    Case(.nausea, "vomited 15 min ago", true) { $0.vomitedAgo = 900 },
    Case(.nausea, "vomited since", false) { $0.vomitedAgo = 899 },
    Case(.gait, "unsteady", false) { $0.assessment.gait = .unsteady },
    Case(.gait, "wheelchair", false) { $0.assessment.gait = .wheelchair },
    Case(.gait, "as before", true) { $0.assessment.gait = .asBefore },
    Case(.escort, "without a name", false) { $0.isEscortNamed = false },
    Case(.safety, "suicidal without a plan", false) { $0.assessment.isSuicidal = true },
    Case(.safety, "suicidal with a plan", true) {
      ($0.assessment.isSuicidal, $0.assessment.safetyPlan) = (true, true)
    },
    Case(.escort, "ride-share", false) { $0.escort = .rideShare },
    Case(.escort, "to be confirmed", false) { $0.escort = .toBeConfirmed },
    Case(.escort, "none", false) { $0.escort = Escort.none },
    Case(.escort, "nobody asked", false) { $0.escort = nil },
    Case(.ivOut, "still in", false) { $0.assessment.cannulaOut = false },
    Case(.ivOut, "no cannula was needed", true) {
      $0.route = .im
      $0.assessment.cannulaOut = nil
    },
    Case(.safety, "not asked", false) { $0.assessment.safetyAsked = nil },
    Case(.teaching, "no", false) { $0.assessment.taught = false },
    Case(.fields, "missing", false) { $0.missing = ["lot"] },
  ]

  static let padssItems: [any WritableKeyPath<Assessment, Int?> & Sendable] = [
    \.padssVitalSigns, \.padssAmbulation, \.padssNausea, \.padssPain, \.padssBleeding,
  ]

  static let aldreteItems: [any WritableKeyPath<Assessment, Int?> & Sendable] = [
    \.activity, \.respiration, \.circulation, \.consciousness, \.oxygenation,
  ]

  @Test(arguments: measured + judged)
  func `decides by itself`(_ one: Case) {
    var facts = Facts()
    #expect(facts.facts.unmet == [])
    one.change(&facts)
    #expect(facts.facts.unmet == (one.isMet ? [] : [one.criterion]))
  }

  @Test func `is spoilt at least once above, each of them`() {
    let spoilt = Set((Self.measured + Self.judged).filter { !$0.isMet }.map(\.criterion))
    #expect(spoilt == Set(Criterion.allCases))
  }

  @Test func `that was not asked is not met`() {
    var facts = Facts()
    facts.assessment = Assessment()
    facts.escort = nil
    #expect(
      Set(facts.facts.unmet) == [
        .aldrete, .padss, .sedation, .orientation, .dissociation, .gait, .nausea, .escort, .ivOut,
        .safety, .teaching,
      ])
    facts = Facts()
    facts.baseline = nil
    #expect(facts.facts.unmet == [.bpRange, .spo2, .pulse])
    facts = Facts()
    (facts.sample, facts.last) = (nil, nil)
    #expect(facts.facts.unmet == [.bpAge, .bpRange, .spo2, .pulse])
  }

  /// One row for each alarm: what blocks the way home while it is active (C06).
  @Test(arguments: AlarmID.allCases, Priority.allCases)
  func `on alarms lets only a LOW technical one pass`(_ id: AlarmID, _ priority: Priority) {
    var visit = Visit.ready()
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [])
    visit.monitor.alarms.raise(id, priority, at: visit.now) { _, _ in }
    let isLet = id.kind == .technical && priority == .low
    #expect(visit.monitor.unmetCriteria(at: visit.now) == (isLet ? [] : [.activeAlarm]))
    visit.pass(1)
    #expect(visit.phase == (isLet ? .readyForSignOff : .observation))
    guard id.isLatching else { return }
    visit.monitor.alarms.end(id, at: visit.now) { _, _ in }
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.activeAlarm) == true)
  }
}
