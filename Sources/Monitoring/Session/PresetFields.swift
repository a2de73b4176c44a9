/// One value of a route's preset: its name in files, and what it may be (`clinical.md` 2.6).
public enum PresetField: String, Hashable, Sendable, CaseIterable {
  case doseMinutes, anchor, requiredMinutes, afterDoseMinutes, signatures, doseDue, observationDue
  case observationStep

  /// The value as a file, a recording or the API gives it.
  public func text(_ preset: Route.Preset) -> String {
    switch self {
    case .anchor: preset.anchor.rawValue
    case .doseDue: Self.list(preset.doseDueMinutes)
    case .observationDue: Self.list(preset.observationDueMinutes)
    case .doseMinutes, .requiredMinutes, .afterDoseMinutes, .signatures, .observationStep:
      "\(path.map { preset[keyPath: $0] } ?? 0)"
    }
  }

  /// Sets the value from text.
  ///
  /// False, without a change, when it means nothing or is outside its range for the route.
  public func set(_ text: String, in preset: inout Route.Preset, of route: Route) -> Bool {
    switch self {
    case .anchor:
      guard let anchor = Route.Anchor(rawValue: text) else { return false }
      preset.anchor = anchor
    case .doseDue, .observationDue:
      guard let dues = Self.dues(text) else { return false }
      if self == .doseDue {
        preset.doseDueMinutes = dues
      } else {
        preset.observationDueMinutes = dues
      }
    case .doseMinutes, .requiredMinutes, .afterDoseMinutes, .signatures, .observationStep:
      guard let path, let value = Int(text), allowed(route).contains(value) else { return false }
      preset[keyPath: path] = value
    }
    return true
  }

  /// What it may be, as a person reads it.
  public func allowedText(_ route: Route) -> String {
    switch self {
    case .anchor: Route.Anchor.allCases.map(\.rawValue).joined(separator: ", ")
    case .doseDue, .observationDue: "rising whole minutes 0…360, such as 5,10,20, or none"
    case .doseMinutes, .requiredMinutes, .afterDoseMinutes, .signatures, .observationStep:
      "\(allowed(route).lowerBound)…\(allowed(route).upperBound)"
    }
  }

  /// Whether the second preset asks for less than the first, which only a prescriber may decide.
  func isLooser(_ new: Route.Preset, than old: Route.Preset) -> Bool {
    switch self {
    // The planned length is a field of the prescription, not a limit.
    case .doseMinutes: false
    case .anchor: new.anchor != old.anchor
    case .requiredMinutes: new.requiredMinutes < old.requiredMinutes
    case .afterDoseMinutes: new.afterDoseMinutes < old.afterDoseMinutes
    case .signatures: new.signatures < old.signatures
    case .doseDue: !Set(new.doseDueMinutes).isSuperset(of: old.doseDueMinutes)
    case .observationDue:
      !Set(new.observationDueMinutes).isSuperset(of: old.observationDueMinutes)
    case .observationStep: new.observationStepMinutes > old.observationStepMinutes
    }
  }

  private var path: WritableKeyPath<Route.Preset, Int>? {
    switch self {
    case .doseMinutes: \.doseMinutes
    case .requiredMinutes: \.requiredMinutes
    case .afterDoseMinutes: \.afterDoseMinutes
    case .signatures: \.signatures
    case .observationStep: \.observationStepMinutes
    case .anchor, .doseDue, .observationDue: nil
    }
  }

  private func allowed(_ route: Route) -> ClosedRange<Int> {
    switch self {
    case .doseMinutes: route.isIntravenous ? 20...120 : 5...120
    case .requiredMinutes:
      route.isSpravato ? 120...240 : route.isIntravenous ? 20...60 : 60...180
    case .afterDoseMinutes: 0...60
    // What the rules ask for goes without saying; two for Spravato is one of them.
    case .signatures: route.isSpravato ? 2...2 : 1...2
    case .observationStep: 3...30
    case .anchor, .doseDue, .observationDue: 0...0
    }
  }

  private static func list(_ dues: [Int]) -> String {
    dues.isEmpty ? "none" : dues.map { "\($0)" }.joined(separator: ",")
  }

  private static func dues(_ text: String) -> [Int]? {
    guard text != "none" else { return [] }
    var dues: [Int] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let due = Int(word), (0...360).contains(due), due > dues.last ?? -1 else { return nil }
      dues.append(due)
    }
    return dues.count <= 60 ? dues : nil
  }
}

extension Policy {
  /// What a route asks for under this policy.
  public func preset(for route: Route) -> Route.Preset {
    presets[route] ?? route.standardPreset(observation)
  }

  /// Sets one value of a route's preset by its name, such as `presets.iv40.requiredMinutes`.
  ///
  /// Returns what is wrong, or `nil`.
  public mutating func setPreset(_ name: String, _ text: String) -> String? {
    let parts = name.split(separator: ".")
    guard parts.count == 3, parts[0] == "presets", let route = Route(rawValue: String(parts[1])),
      let field = PresetField(rawValue: String(parts[2]))
    else { return "\(name) is no value of a preset" }
    var preset = preset(for: route)
    guard field.set(text, in: &preset, of: route) else {
      return "\(name) \(text) is none of: \(field.allowedText(route))"
    }
    presets[route] = preset
    return nil
  }

  /// The values that differ from what holds by itself, by name, in the order of the routes.
  public var changedPresets: [(name: String, text: String)] {
    Route.allCases.flatMap { route -> [(name: String, text: String)] in
      guard let preset = presets[route] else { return [] }
      let standard = route.standardPreset(observation)
      return PresetField.allCases.filter { $0.text(preset) != $0.text(standard) }.map {
        ("presets.\(route.rawValue).\($0.rawValue)", $0.text(preset))
      }
    }
  }
}
