/// What the chart holds of a visit, by name (`clinical.md` 5.1).
public enum ChartField: String, Hashable, Sendable, CaseIterable {
  case name, birthDate, sex, visit, age
  case drug, dose, weight, weightAgain, lot
  case consent, fasting, firstSession, companion
  case escortName, escortContact
  case firstTreatment, benzodiazepine, sedative, opioid, stimulant, maoi
  case prescriber, setting

  /// What a field may hold.
  public enum Kind: Hashable, Sendable {
    case text
    case answer
    /// `2026-03-14`.
    case date
    case word([String])
    /// Kept in whole units of `1/scale`.
    case decimal(ClosedRange<Int>, scale: Int, unit: String)
  }

  public var kind: Kind {
    switch self {
    case .name, .visit, .drug, .lot, .escortName, .escortContact, .companion, .prescriber,
      .setting:
      .text
    case .birthDate: .date
    case .sex: .word(["female", "male", "other", "unknown"])
    // Adults only (`clinical.md` RQ-06).
    case .age: .decimal(18...120, scale: 1, unit: "years")
    case .dose: .decimal(1...100_000, scale: 100, unit: "mg")
    case .weight, .weightAgain: .decimal(2000...40_000, scale: 100, unit: "kg")
    case .consent, .fasting, .firstSession, .firstTreatment, .benzodiazepine, .sedative, .opioid,
      .stimulant, .maoi:
      .answer
    }
  }

  /// What must be on the chart before the patient leaves (criterion C19).
  ///
  /// The escort's name and contact belong to criterion C15.
  public static func mandatory(for route: Route) -> [ChartField] {
    let all: [ChartField] = [
      .name, .birthDate, .sex, .visit, .drug, .dose, .consent, .firstSession,
    ]
    // The REMS form asks for these (`clinical.md` 5.1).
    let rems: [ChartField] = [
      .lot, .firstTreatment, .benzodiazepine, .sedative, .opioid, .stimulant, .maoi, .prescriber,
      .setting,
    ]
    return all + (route.isSpravato ? rems : [.weight])
  }
}

/// What a field of the chart holds.
public enum ChartValue: Hashable, Sendable {
  case text(String)
  case answer(Bool)
  /// In units of `1/scale` of the field.
  case number(Int)
}

/// Fields of the chart that were filled in.
public struct Chart: Hashable, Sendable {
  private var values: [ChartField: ChartValue] = [:]

  public init() {}

  public subscript(_ field: ChartField) -> ChartValue? {
    get { values[field] }
    set { values[field] = newValue }
  }

  /// What is filled in, in the order of the fields.
  public var entries: [(field: ChartField, value: ChartValue)] {
    ChartField.allCases.compactMap { field in values[field].map { (field, $0) } }
  }

  public func text(_ field: ChartField) -> String? {
    if case .text(let text) = values[field] { text } else { nil }
  }

  public func number(_ field: ChartField) -> Int? {
    if case .number(let number) = values[field] { number } else { nil }
  }

  /// Whether a weight was given, and not twice the same.
  var hasDisputedWeight: Bool { values[.weight] != values[.weightAgain] }

  /// Takes every field that `later` gives, keeps the others; the second weight has served.
  mutating func merge(_ later: Chart) {
    values.merge(later.values) { $1 }
    values[.weightAgain] = nil
  }

  /// Dose by weight in thousandths of mg/kg.
  public var doseThousandthsPerKilogram: Int? {
    guard let dose = number(.dose), let weight = number(.weight), weight > 0 else { return nil }
    return (dose * 1000 + weight / 2) / weight
  }

  /// Mandatory fields that are not there; a consent that was refused is none.
  func missing(for route: Route) -> [ChartField] {
    ChartField.mandatory(for: route).filter { field in
      switch values[field] {
      case nil: true
      case .text(let text): text.isEmpty
      case .answer(let answer): field == .consent && !answer
      case .number: false
      }
    }
  }

  /// Whether the escort can be named and called (criterion C15).
  var namesEscort: Bool {
    text(.escortName)?.isEmpty == false && text(.escortContact)?.isEmpty == false
  }
}
