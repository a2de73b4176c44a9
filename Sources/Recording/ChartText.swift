import Monitoring
import Vitals

/// The chart and what is written on it, as `key=value` fields and as JSON.
enum ChartText {
  static func chart(_ fields: inout Fields) throws(TextError) -> Chart {
    var chart = Chart()
    for field in ChartField.allCases { chart[field] = try value(of: field, &fields) }
    return chart
  }

  static func fields(of chart: Chart) -> [(key: String, value: String?)] {
    chart.entries.map { ($0.field.rawValue, text($0.value, of: $0.field)) }
  }

  static func add(_ chart: Chart, to json: inout JSONLine) {
    for (field, value) in chart.entries {
      switch (value, field.kind) {
      case (.answer(let answer), _): json.add(field.rawValue, answer)
      case (.number, .decimal): json.addRaw(field.rawValue, text(value, of: field))
      default: json.add(field.rawValue, text(value, of: field))
      }
    }
  }

  private static func value(
    of field: ChartField, _ fields: inout Fields
  ) throws(TextError) -> ChartValue? {
    let key = field.rawValue
    switch field.kind {
    case .text: return fields.take(key).map { .text($0) }
    case .answer: return try fields.answer(key).map { .answer($0) }
    case .word(let words):
      guard let word = fields.take(key) else { return nil }
      guard words.contains(word) else {
        throw TextError("\(key)=\(word) is none of: \(words.joined(separator: ", "))")
      }
      return .text(word)
    case .date:
      guard let text = fields.take(key) else { return nil }
      guard isDate(text) else {
        throw TextError("\(key)=\(text) is no date of the form 1984-06-11")
      }
      return .text(text)
    case .decimal(let range, let scale, let unit):
      return try fields.decimal(key, in: range, scale: scale, unit: unit).map { .number($0) }
    }
  }

  private static func text(_ value: ChartValue, of field: ChartField) -> String {
    switch value {
    case .text(let text): text
    case .answer(let answer): answer ? "yes" : "no"
    case .number(let number):
      if case .decimal(_, let scale, _) = field.kind {
        Fields.decimal(number, scale: scale)
      } else {
        "\(number)"
      }
    }
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2] else { return false }
    guard parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }

  static func checklist(_ fields: inout Fields) throws(TextError) -> Checklist {
    var answers: Checklist = [:]
    for item in ChecklistItem.allCases {
      answers[item] = try fields.word(item.rawValue, ChecklistAnswer.self)
    }
    return answers
  }

  static func fields(of checklist: Checklist) -> [(key: String, value: String?)] {
    ChecklistItem.allCases.map { ($0.rawValue, checklist[$0]?.rawValue) }
  }

  static func series(_ fields: inout Fields) throws(TextError) -> Series {
    Series(
      kind: try fields.word("kind", Series.Kind.self) ?? .induction,
      index: try CommandText.needed("index", try fields.number("index", in: 1...999)),
      planned: try fields.number("planned", in: 1...999) ?? Series.usualLength)
  }

  static func symptom(_ fields: inout Fields) throws(TextError) -> SymptomReport {
    let symptom = try CommandText.needed("name", try fields.word("name", Symptom.self))
    let text = try fields.need("severity")
    if let score = Int(text), (0...10).contains(score) {
      return SymptomReport(symptom: symptom, severity: .score(score))
    }
    guard let grade = Severity.Grade(rawValue: text) else {
      throw TextError("severity=\(text) is neither 0…10 nor none, mild, moderate, severe")
    }
    return SymptomReport(symptom: symptom, severity: .grade(grade))
  }

  static func text(_ severity: Severity) -> String {
    switch severity {
    case .grade(let grade): grade.rawValue
    case .score(let score): "\(score)"
    }
  }

  static func medication(_ fields: inout Fields) throws(TextError) -> Medication {
    Medication(
      name: try fields.need("name"),
      kind: try CommandText.needed("class", try fields.word("class", MedicationClass.self)),
      dose: fields.take("dose"))
  }

  static func target(_ fields: inout Fields) throws(TextError) -> ArtefactTarget {
    if let number = try fields.number("reading", in: 1...100_000) { return .reading(number) }
    let from = try CommandText.needed("from", try fields.number("from", in: 0...86_400))
    let to = try fields.number("to", in: 0...86_400) ?? 0
    guard to <= from else { throw TextError("from=\(from) must be longer ago than to=\(to)") }
    return .oximetry(fromSecondsAgo: from, toSecondsAgo: to)
  }

  static func fields(of target: ArtefactTarget) -> [(key: String, value: String?)] {
    switch target {
    case .reading(let number): [("reading", "\(number)")]
    case .oximetry(let from, let to): [("from", "\(from)"), ("to", "\(to)")]
    }
  }
}

extension Fields {
  /// Takes `yes` or `no`, if it is there.
  mutating func answer(_ key: String) throws(TextError) -> Bool? {
    switch take(key) {
    case nil: nil
    case "yes": true
    case "no": false
    case let other?: throw TextError("\(key)=\(other) is neither yes nor no")
    }
  }

  /// Takes a decimal number such as `72.5`, in whole units of `1/scale`, if it is there.
  public mutating func decimal(
    _ key: String, in range: ClosedRange<Int>, scale: Int, unit: String
  ) throws(TextError) -> Int? {
    guard let text = take(key) else { return nil }
    guard let value = Self.scaled(text, by: scale), range.contains(value) else {
      let (low, high) = (range.lowerBound, range.upperBound)
      throw TextError(
        "\(key)=\(text) is no number in \(Self.decimal(low, scale: scale))…\(Self.decimal(high, scale: scale)) \(unit) with at most \(String(scale).utf8.count - 1) decimals"
      )
    }
    return value
  }

  /// Digits with at most as many decimals as the scale has zeros.
  private static func scaled(_ text: String, by scale: Int) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    func digits(_ part: Substring) -> Int? {
      guard (1...9).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) })
      else { return nil }
      return Int(part)
    }
    guard let whole = digits(parts[0]) else { return nil }
    guard parts.count > 1 else { return whole * scale }
    let places = String(scale).utf8.count - 1
    guard parts[1].utf8.count <= places, let rest = digits(parts[1]) else { return nil }
    let missing = places - parts[1].utf8.count
    return whole * scale + (0..<missing).reduce(rest) { value, _ in value * 10 }
  }

  /// Writes what ``decimal(_:in:scale:unit:)`` reads, without needless zeros.
  public static func decimal(_ value: Int, scale: Int) -> String {
    let (whole, rest) = value.quotientAndRemainder(dividingBy: scale)
    guard rest > 0 else { return "\(whole)" }
    var digits = String(String(scale + rest).dropFirst())
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
