import Vitals

/// What must be true before the patient may leave (`clinical.md` 1.5), in its order.
public enum Criterion: String, Hashable, Sendable, CaseIterable {
  case time, bpAge, bpRange, spo2, pulse, activeAlarm, quietPeriod, aldrete, padss, sedation
  case orientation, dissociation, gait, nausea, escort, ivOut, safety, teaching, fields, clock
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
  let baseline: Baseline?
  let hasBlockingAlarm: Bool
  let lastHighEnd: Instant?
  let lastOtherEnd: Instant?
  let assessment: Assessment
  let escort: Escort?
  let route: Route
  let isClockCertain: Bool
  let policy: Policy.Observation
  let now: Instant

  /// The criteria that are not met, in their order.
  var unmet: [Criterion] { Criterion.allCases.filter { !isMet($0) } }

  func isMet(_ criterion: Criterion) -> Bool {
    switch criterion {
    case .time: remaining <= .zero
    case .bpAge:
      lastPressure.map { now - $0.at <= .seconds(policy.pressureMaximumAgeSeconds) } == true
    case .bpRange:
      [lastPressure?.reading, earlierPressure].allSatisfy { $0.map(isPressureInRange) == true }
    case .spo2: isSaturationBack && validSeconds >= 300
    case .pulse: isPulseBack
    case .activeAlarm: !hasBlockingAlarm
    case .quietPeriod:
      isPast(lastHighEnd, policy.quietAfterHighSeconds)
        && isPast(lastOtherEnd, policy.quietAfterOtherSeconds)
    case .aldrete: assessment.aldrete.map { $0 >= 9 } == true
    case .padss: assessment.padss.map { $0 >= 9 } == true
    case .sedation: assessment.moaas == 5
    case .orientation: assessment.orientation == 4
    case .dissociation: assessment.dissociation.map { $0 <= 1 } == true
    case .gait: assessment.walksSteadily == true
    case .nausea: assessment.nausea.map { $0 <= 3 } == true
    case .escort: escort == .responsibleAdult
    case .ivOut: !route.isIntravenous || assessment.cannulaOut == true
    case .safety: assessment.safetyAsked == true
    case .teaching: assessment.taught == true
    case .fields: assessment.fieldsComplete == true
    case .clock: isClockCertain
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

extension Route {
  var isIntravenous: Bool {
    switch self {
    case .iv40, .iv45, .iv60slow: true
    case .im, .spravato56, .spravato84, .nasalCompounded, .troche: false
    }
  }
}
