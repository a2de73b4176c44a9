import Monitoring

/// Every form in JSON: what `GET /api/v1/forms` answers, and what pages are built from.
public enum FormsText {
  /// The commands and readings with their fields, what each route asks for, and which answers each
  /// discharge criterion looks at.
  public static let json: String = {
    var json = JSONLine()
    json.addRaw("commands", commands)
    var readings = JSONLine()
    readings.addRaw("pressure", list(CommandForm.pressure))
    readings.addRaw("respiration", list(CommandForm.respiration))
    json.addRaw("readings", readings.line)
    var mandatory = JSONLine()
    for route in Route.allCases {
      mandatory.add(route.rawValue, ChartField.mandatory(for: route).map(\.rawValue))
    }
    json.addRaw("mandatory", mandatory.line)
    var questions = JSONLine()
    for criterion in Criterion.allCases { questions.add(criterion.rawValue, criterion.questions) }
    json.addRaw("questions", questions.line)
    return json.line
  }()

  private static var commands: String {
    var json = JSONLine()
    for name in CommandName.allCases {
      var command = JSONLine()
      command.add("roles", name.roles.map(\.rawValue))
      command.add("phases", name.phases.map { $0?.rawValue ?? "none" })
      command.add("secret", name.secretDemand.rawValue)
      command.addRaw("fields", list(CommandForm.fields(of: name)))
      json.addRaw(name.rawValue, command.line)
    }
    return json.line
  }

  private static func list(_ fields: [FormField]) -> String {
    "[" + fields.map(\.json).joined(separator: ",") + "]"
  }
}
