import Vitals

/// One discharge criterion as a page or a report shows it (`clinical.md` 1.5).
public struct CriterionReport: Hashable, Sendable {
  public let criterion: Criterion
  /// What was found, in words and units; `nil` for nothing.
  public let value: String?
  /// How old that is.
  public let age: Duration?
  public let isMet: Bool
  /// A prescriber has waived it, and it would not pass without.
  public let isWaived: Bool
  public let waivability: Waivability

  public var passes: Bool { isMet || isWaived }
}

extension DischargeFacts {
  /// Every criterion, in their order.
  var reports: [CriterionReport] {
    Criterion.allCases.map { criterion in
      let (value, at) = finding(criterion)
      let isMet = isMet(criterion)
      return CriterionReport(
        criterion: criterion, value: value, age: at.map { now - $0 }, isMet: isMet,
        isWaived: !isMet && passes(criterion), waivability: criterion.waivability)
    }
  }

  private typealias Finding = (value: String?, at: Instant?)

  private func finding(_ criterion: Criterion) -> Finding {
    switch criterion {
    case .time: ("\((remaining + .milliseconds(999)).wholeSeconds) s", now)
    case .bpAge: (lastPressure.map { "\((now - $0.at).wholeSeconds) s" }, lastPressure?.at)
    case .bpRange:
      (
        lastPressure.map { last in
          [earlierPressure, last.reading].compactMap { $0.map { "\($0.systolic)/\($0.diastolic)" } }
            .joined(separator: ", ")
        }, lastPressure?.at
      )
    case .spo2: (sample?.saturation.map { "\($0.percent) %, \(validSeconds) s valid" }, now)
    case .pulse: (sample?.pulseRate.map { "\($0.perMinute)/min" }, now)
    case .activeAlarm: (hasBlockingAlarm ? "active" : "none", now)
    case .quietPeriod:
      (
        [lastHighEnd, lastOtherEnd].compactMap(\.self).max().map {
          "\((now - $0).wholeSeconds) s since an alarm"
        }, now
      )
    case .aldrete: answered(criterion, assessment.aldreteScore)
    case .padss: answered(criterion, assessment.padssScore)
    case .sedation:
      answered(
        criterion,
        [assessment.moaas.map { "MOAA/S \($0)" }, assessment.poss.map { "POSS \($0)" }]
          .compactMap(\.self).joined(separator: ", "))
    case .orientation: answered(criterion, assessment.orientation)
    case .dissociation:
      answered(
        criterion, assessment.dissociation.map { "\($0)" } ?? yesNo(assessment.backToUsual))
    case .gait: answered(criterion, assessment.gait?.rawValue)
    case .nausea: answered(criterion, assessment.nausea)
    case .escort: (escort?.rawValue, nil)
    case .ivOut: answered(criterion, yesNo(assessment.cannulaOut))
    case .safety: answered(criterion, yesNo(assessment.safetyAsked))
    case .teaching: answered(criterion, yesNo(assessment.taught))
    case .fields:
      (missingFields.isEmpty ? "complete" : missingFields.joined(separator: ", "), now)
    case .clock: ("\(uncertainty.wholeSeconds) s uncertain", now)
    }
  }

  private func yesNo(_ answer: Bool?) -> String? { answer.map { $0 ? "yes" : "no" } }

  private func answered(_ criterion: Criterion, _ value: Int?) -> Finding {
    answered(criterion, value.map { "\($0)" })
  }

  /// What was answered, since the newest answer to any of the criterion's questions.
  private func answered(_ criterion: Criterion, _ value: String?) -> Finding {
    guard let value, !value.isEmpty else { return (nil, nil) }
    return (value, criterion.questions.compactMap { assessedAt[$0] }.max())
  }
}
