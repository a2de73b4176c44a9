public import Documents
public import Monitoring

extension Policy {
  /// Reads a policy file, YAML or the JSON of `clinical.md` 2.2.
  ///
  /// What it does not name keeps the value of `adult-ketamine-default-1`.
  ///
  /// - Throws: every ``Complaint`` at once: unknown names, values of the wrong kind, outside their
  /// allowed range, or in the wrong order.
  public init(text: String, file: String) throws(Complaints) {
    var complaints = Complaints()
    let root = complaints.collect { () throws(Complaint) in
      try Element.read(text, file: file)
    }
    let policy = root.map { PolicyReader.read($0, &complaints) }
    guard complaints.all.isEmpty, let policy else { throw complaints }
    self = policy
  }
}

/// Reads a policy by the table of its fields.
enum PolicyReader {
  private static let sections = Set(Policy.fields.map { section(of: $0).section })

  static func read(_ root: Element, _ complaints: inout Complaints) -> Policy {
    var policy = Policy.adultKetamineDefault1
    var places: [String: Element] = [:]
    let keys = ["policyId"] + sections.sorted() + ["presets"]
    let values = complaints.collect { () throws(Complaint) in try root.mapping(known: keys) } ?? [:]
    if let id = values["policyId"] {
      policy.policyID =
        complaints.collect { () throws(Complaint) in try id.text() } ?? policy.policyID
    }
    for section in sections.sorted() {
      guard let element = values[section] else { continue }
      let fields = Policy.fields.filter { self.section(of: $0).section == section }
      let known = fields.map { self.section(of: $0).key }
      let entries =
        complaints.collect { () throws(Complaint) in try element.mapping(known: known) } ?? [:]
      for field in fields {
        guard let entry = entries[self.section(of: field).key] else { continue }
        places[field.name] = entry
        if let value = complaints.collect({ () throws(Complaint) in
          try self.value(entry, of: field)
        }) {
          policy[keyPath: field.path] = value
        }
      }
    }
    if let presets = values["presets"] { readPresets(presets, into: &policy, &complaints) }
    for problem in policy.problems {
      let place = places[problem.field] ?? problem.other.flatMap { places[$0] } ?? root
      complaints.add(place.complaint("\(problem.field) \(problem.complaint)"))
    }
    return policy
  }

  /// `presets: {iv40: {requiredMinutes: 45, doseDue: [5, 10]}}`, beside what the policy's section
  /// `observation` makes of a route (`clinical.md` 2.6).
  private static func readPresets(
    _ element: Element, into policy: inout Policy, _ complaints: inout Complaints
  ) {
    let routes = complaints.collect { () throws(Complaint) in
      try element.mapping(known: Route.allCases.map(\.rawValue))
    }
    for route in Route.allCases {
      guard let section = routes?[route.rawValue] else { continue }
      let known = PresetField.allCases.map(\.rawValue)
      let entries = complaints.collect { () throws(Complaint) in try section.mapping(known: known) }
      for field in PresetField.allCases {
        guard let entry = entries?[field.rawValue] else { continue }
        let text = complaints.collect { () throws(Complaint) in try words(entry, of: field) }
        guard let text else { continue }
        let name = "presets.\(route.rawValue).\(field.rawValue)"
        if let problem = policy.setPreset(name, text) { complaints.add(entry.complaint(problem)) }
      }
    }
  }

  /// A list as the words between its commas.
  private static func words(_ element: Element, of field: PresetField) throws(Complaint) -> String {
    guard field == .doseDue || field == .observationDue else { return try element.text() }
    if let text = try? element.text() { return text }
    var words: [String] = []
    for due in try element.list() { words.append(try due.text()) }
    return words.isEmpty ? "none" : words.joined(separator: ",")
  }

  private static func section(of field: PolicyField) -> (section: String, key: String) {
    let parts = field.name.split(separator: ".", maxSplits: 1)
    return (String(parts[0]), String(parts[1]))
  }

  private static func value(_ element: Element, of field: PolicyField) throws(Complaint) -> Int {
    guard field.scale > 1 else { return try element.integer(in: -100_000...100_000) }
    // 0.29 × 100 is 28.999… in binary.
    let scaled = try element.decimal(in: -1000...1000) * Double(field.scale)
    guard abs(scaled - scaled.rounded()) < 1e-6 else {
      throw element.complaint("\(field.name) has at most two decimals")
    }
    return Int(scaled.rounded())
  }
}
