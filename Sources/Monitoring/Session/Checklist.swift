/// What is asked before the drug (`clinical.md` RQ-06, 2.5).
public enum ChecklistItem: String, Hashable, Sendable, CaseIterable {
  case schizophrenia, newPsychosis, uncontrolledHypertension, intoxication, seizures, misuse
  case liverDisease, kidneyDisease, interactingDrugs

  /// The hold that a “yes” calls for; “unknown” calls for a review.
  var holdClass: HoldClass {
    switch self {
    case .intoxication, .newPsychosis: .stop
    case .schizophrenia, .uncontrolledHypertension, .seizures, .misuse, .liverDisease,
      .kidneyDisease, .interactingDrugs:
      .review
    }
  }
}

/// An answer to one item.
public enum ChecklistAnswer: String, Hashable, Sendable, CaseIterable {
  case yes, no, unknown
}

/// The answers so far.
public typealias Checklist = [ChecklistItem: ChecklistAnswer]

extension Checklist {
  /// Every item answered with “no”.
  public static var clear: Checklist {
    Checklist(uniqueKeysWithValues: ChecklistItem.allCases.map { ($0, .no) })
  }

  var isComplete: Bool { count == ChecklistItem.allCases.count }

  /// The strictest hold that the answers call for.
  var hold: HoldClass? {
    compactMap { item, answer -> HoldClass? in
      switch answer {
      case .yes: item.holdClass
      case .unknown: .review
      case .no: nil
      }
    }.max()
  }
}
