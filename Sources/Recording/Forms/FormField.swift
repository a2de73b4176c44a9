import Monitoring

/// One field of a form as data: its name in commands, and what may be typed into it.
public struct FormField: Hashable, Sendable {
  /// What a field takes.
  public enum Kind: Hashable, Sendable {
    case text
    /// `yes` or `no`; not answered is neither.
    case answer
    /// `2026-03-14`.
    case date
    case word([String])
    /// The user name of somebody on the staff.
    case staff
    /// Whole units of `1/scale`; the unit in words, empty for a mere number.
    case number(ClosedRange<Int>, scale: Int = 1, unit: String = "")
  }

  public let name: String
  public let kind: Kind
  /// Whether the command means nothing without it.
  public let isRequired: Bool

  public init(_ name: String, _ kind: Kind, isRequired: Bool = false) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
  }

  static func need(_ name: String, _ kind: Kind = .text) -> FormField {
    FormField(name, kind, isRequired: true)
  }

  static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ type: Word.Type, isRequired: Bool = false
  ) -> FormField {
    FormField(name, .word(type.allCases.map(\.rawValue)), isRequired: isRequired)
  }

  /// `{"name":"weight","kind":"number","min":20,"max":400,"decimals":2,"unit":"kg","required":false}`.
  var json: String {
    var json = JSONLine()
    json.add("name", name)
    switch kind {
    case .text: json.add("kind", "text")
    case .answer: json.add("kind", "answer")
    case .date: json.add("kind", "date")
    case .staff: json.add("kind", "staff")
    case .word(let words):
      json.add("kind", "word")
      json.add("words", words)
    case .number(let range, let scale, let unit):
      json.add("kind", "number")
      json.addRaw("min", Fields.decimal(range.lowerBound, scale: scale))
      json.addRaw("max", Fields.decimal(range.upperBound, scale: scale))
      json.add("decimals", String(scale).utf8.count - 1)
      json.add("unit", unit)
    }
    json.add("required", isRequired)
    return json.line
  }
}

extension ChartField {
  /// The field as a form has it.
  var formField: FormField {
    switch kind {
    case .text: FormField(rawValue, .text)
    case .answer: FormField(rawValue, .answer)
    case .date: FormField(rawValue, .date)
    case .word(let words): FormField(rawValue, .word(words))
    case .decimal(let range, let scale, let unit):
      FormField(rawValue, .number(range, scale: scale, unit: unit))
    }
  }
}
