public import Vitals

/// Which visit of how many this is (`clinical.md` RQ-15).
public struct Series: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable { case induction, booster }

  public static let usualLength = 6

  public let kind: Kind
  /// From 1.
  public let index: Int
  public let planned: Int

  public init(kind: Kind, index: Int, planned: Int = Series.usualLength) {
    self.kind = kind
    self.index = index
    self.planned = planned
  }

  /// `3 of 6`.
  public var text: String { "\(index) of \(planned)" }
}

/// What patients report (`clinical.md` RQ-08).
public enum Symptom: String, Hashable, Sendable, CaseIterable {
  case dissociation, floating, tingling, nausea, vomiting, dizziness, doubleVision, drowsiness
  case confusion, headache, faintness, anxiety, chestPain, dyspnoea, other
}

/// How bad a symptom is: a word, or a self-rating of 0...10.
public enum Severity: Hashable, Sendable {
  public enum Grade: String, Hashable, Sendable, CaseIterable { case none, mild, moderate, severe }

  case grade(Grade)
  case score(Int)

  /// On the scale of 0...10 that the criteria use: mild is at most 3.
  public var score: Int {
    switch self {
    case .score(let score): score
    case .grade(.none): 0
    case .grade(.mild): 3
    case .grade(.moderate): 6
    case .grade(.severe): 9
    }
  }
}

/// A kind of drug given besides, with what follows from it (`clinical.md` 1.4, 1.6).
public enum MedicationClass: String, Hashable, Sendable, CaseIterable {
  case antiemetic, antihypertensive, benzodiazepine, reversal, rescue, analgesic, other

  /// How much longer the patient stays, from the moment it was given.
  public var holdMinutes: Int {
    switch self {
    case .antiemetic: 15
    case .antihypertensive, .benzodiazepine, .rescue: 60
    case .reversal: 120
    case .analgesic, .other: 0
    }
  }

  /// Whether two people must sign after it.
  public var isRescue: Bool {
    switch self {
    case .antihypertensive, .benzodiazepine, .reversal, .rescue: true
    case .antiemetic, .analgesic, .other: false
    }
  }
}

/// Something on the chart with its time and author.
public struct ChartedNote<Content: Hashable & Sendable>: Hashable, Sendable {
  public let content: Content
  public let at: Instant
  public let by: StaffID
}

/// A drug given besides.
public struct Medication: Hashable, Sendable {
  public let name: String
  public let kind: MedicationClass
  public let dose: String?

  public init(name: String, kind: MedicationClass, dose: String? = nil) {
    self.name = name
    self.kind = kind
    self.dose = dose
  }
}

/// A symptom and how bad it was.
public struct SymptomReport: Hashable, Sendable {
  public let symptom: Symptom
  public let severity: Severity

  public init(symptom: Symptom, severity: Severity) {
    self.symptom = symptom
    self.severity = severity
  }
}

/// What an artefact is marked on: device samples are never edited (`clinical.md` 1.7).
public enum ArtefactTarget: Hashable, Sendable {
  /// The n-th blood pressure of the session, from 1.
  case reading(Int)
  /// The oximeter, between so many seconds ago.
  case oximetry(fromSecondsAgo: Int, toSecondsAgo: Int)
}
