import Vitals

/// What must be true before the patient may leave (`clinical.md` 1.5), in its order.
public enum Criterion: String, Hashable, Sendable, CaseIterable {
  case time, bpAge, bpRange, spo2, pulse, activeAlarm, quietPeriod, aldrete, padss, sedation
  case orientation, dissociation, gait, nausea, escort, ivOut, safety, teaching, fields, clock

  /// The answers of an ``Assessment`` that it looks at, by their names in files.
  public var questions: [String] {
    switch self {
    case .aldrete:
      ["aldrete", "activity", "respiration", "circulation", "consciousness", "oxygenation"]
    case .padss:
      [
        "padss", "padssVitalSigns", "padssAmbulation", "padssNausea", "padssPain", "padssBleeding",
      ]
    case .sedation: ["moaas", "poss"]
    case .orientation: ["orientation"]
    case .dissociation: ["dissociation", "backToUsual"]
    case .gait: ["gait"]
    case .nausea: ["nausea", "vomiting"]
    case .ivOut: ["ivOut"]
    case .safety: ["safety", "suicidal", "safetyPlan"]
    case .teaching: ["teaching"]
    case .time, .bpAge, .bpRange, .spo2, .pulse, .activeAlarm, .quietPeriod, .escort, .fields,
      .clock:
      []
    }
  }
}

/// Everything the criteria look at, at one instant.
struct DischargeFacts {
  let remaining: Duration
  let lastPressure: (reading: BloodPressure, at: Instant)?
  /// The newest pressure at least 5 min before the last one.
  let earlierPressure: BloodPressure?
  let sample: OximeterReading?
  /// Valid oximeter seconds in the last 10 min.
  let validSeconds: Int
  /// Whether the patient came back less than 5 min of gapless SpO2 ago.
  var isJustBack = false
  var isOnOxygen = false
  /// Since when the patient breathes room air; `nil` for always.
  var roomAirSince: Instant?
  let baseline: Baseline?
  let hasBlockingAlarm: Bool
  let lastHighEnd: Instant?
  let lastOtherEnd: Instant?
  let assessment: Assessment
  var assessedAt: [String: Instant] = [:]
  var vomitedAt: Instant?
  let escort: Escort?
  var isEscortNamed = true
  let route: Route
  var missingFields: [String] = []
  /// Time of which nobody knows how long it was.
  var uncertainty = Duration.zero
  var waived: Set<Criterion> = []
  /// What remains when a prescriber has waived the required time.
  var remainingToFloor = Duration.zero
  let policy: Policy.Observation
  let now: Instant

  static let roomAirFor = Duration.seconds(900)
  static let quietStomachFor = Duration.seconds(900)
  static let toleratedUncertainty = Duration.seconds(60)

  /// The criteria that are neither met nor waived, in their order.
  var unmet: [Criterion] { Criterion.allCases.filter { !passes($0) } }

  func passes(_ criterion: Criterion) -> Bool {
    isMet(criterion) || (waived.contains(criterion) && isWaiverGood(criterion))
  }

  /// Whether a waiver holds for what is so now; what has got worse since needs another.
  private func isWaiverGood(_ criterion: Criterion) -> Bool {
    switch criterion.waivability {
    case .never: false
    case .prescriber: true
    case .afterFloor: remainingToFloor <= .zero
    case .rideShare: escort == .rideShare && isEscortNamed
    case .slightlyDrowsy: assessment.isOnlySlightlyDrowsy
    }
  }

  func isMet(_ criterion: Criterion) -> Bool {
    switch criterion {
    case .time: remaining <= .zero
    case .bpAge:
      lastPressure.map { now - $0.at <= .seconds(policy.pressureMaximumAgeSeconds) } == true
    case .bpRange:
      [lastPressure?.reading, earlierPressure].allSatisfy { $0.map(isPressureInRange) == true }
    case .spo2:
      isSaturationBack && validSeconds >= 300 && !isJustBack
        && !isOnOxygen && roomAirSince.map { now - $0 >= Self.roomAirFor } != false
    case .pulse: isPulseBack
    case .activeAlarm: !hasBlockingAlarm
    case .quietPeriod:
      isPast(lastHighEnd, policy.quietAfterHighSeconds)
        && isPast(lastOtherEnd, policy.quietAfterOtherSeconds)
    case .aldrete:
      assessment.aldreteScore.map { $0 >= 9 } == true && !assessment.aldreteItems.contains(0)
    case .padss: assessment.padssScore.map { $0 >= 9 } == true
    case .sedation: assessment.isAwake
    case .orientation: assessment.orientation == 4
    case .dissociation:
      assessment.backToUsual == true || assessment.dissociation.map { $0 <= 1 } == true
    case .gait: assessment.gait == .steady || assessment.gait == .asBefore
    case .nausea:
      assessment.nausea.map { $0 <= 3 } == true
        && vomitedAt.map { now - $0 >= Self.quietStomachFor } != false
    case .escort: escort == .responsibleAdult && isEscortNamed
    case .ivOut: !route.isIntravenous || assessment.cannulaOut == true
    case .safety:
      assessment.safetyAsked == true
        && (assessment.isSuicidal != true || assessment.safetyPlan == true)
    case .teaching: assessment.taught == true
    case .fields: missingFields.isEmpty
    case .clock: uncertainty <= Self.toleratedUncertainty
    }
  }

  private func isPast(_ end: Instant?, _ seconds: Int) -> Bool {
    end.map { now - $0 >= .seconds(seconds) } ?? true
  }

  private func isPressureInRange(_ reading: BloodPressure) -> Bool {
    guard let baseline else { return false }
    return (90...159).contains(reading.systolic) && reading.diastolic < 100
      && abs(reading.systolic - baseline.systolic) * 5 <= baseline.systolic
  }

  private var isSaturationBack: Bool {
    guard let percent = sample?.saturation?.percent, let baseline else { return false }
    return percent >= 94 || (baseline.spo2 < 96 && percent >= baseline.spo2 - 2)
  }

  private var isPulseBack: Bool {
    guard let rate = sample?.pulseRate?.perMinute, let baseline else { return false }
    let away = abs(rate - baseline.pulseRate)
    return (50...110).contains(rate) && (away <= 20 || away * 5 <= baseline.pulseRate)
  }
}

extension Assessment {
  /// MOAA/S 5 or POSS 1; where both were done, both.
  var isAwake: Bool {
    (moaas != nil || poss != nil) && (moaas ?? 5) == 5 && (poss ?? 1) == 1
  }

  var isOnlySlightlyDrowsy: Bool { poss == 2 && (moaas ?? 5) == 5 }
}
