import Foundation
import Monitoring
import Recording
import TestKit
import Testing
import Vitals
import Ward

/// The forms that pages are built from ask for what commands take, no more and no less.
@Suite struct `The forms` {
  @Test(arguments: CommandName.allCases)
  func `ask for what a command takes`(_ name: CommandName) throws {
    let fields = CommandForm.fields(of: name)
    try Self.hold(fields) { values in _ = try CommandText.parse(name.rawValue, &values) }
  }

  @Test(arguments: [CommandForm.pressure, CommandForm.respiration])
  func `ask for what a reading by hand takes`(_ fields: [FormField]) throws {
    try Self.hold(fields) { values in _ = try HandReadingText.typed(&values) }
  }

  @Test(arguments: CommandName.allCases)
  func `leave out no field of a command`(_ name: CommandName) {
    var random = Seeded(1)
    let known = Set(CommandForm.fields(of: name).map(\.name))
    for _ in 0..<200 {
      let command = random.command(name)
      // A stretch of the oximeter is marked on its trend.
      if case .annotate(.oximetry, _) = command { continue }
      let written = Set(CommandText.fields(of: command).map(\.key))
      #expect(written.isSubset(of: known), "\(written.subtracting(known))")
    }
  }

  @Test(arguments: ["spo2", "battery", "cuff", "status"])
  func `take by hand nothing that only a device knows`(_ key: String) {
    var fields = Fields([key: "97", "rr": "12"])
    #expect(throws: TextError.self) {
      _ = try HandReadingText.typed(&fields)
      try fields.finish()
    }
  }

  /// The labels of the pages are held against this file (`Tests/web/forms.test.mjs`).
  @Test func `are those that the pages have labels for`() throws {
    let path = "fixtures/forms.json"
    let text = FormsText.json.replacing(#"},""#, with: "},\n\"") + "\n"
    if Fixtures.updatesGoldens {
      try Data(text.utf8).write(to: Fixtures.root.appending(path: path))
    }
    #expect(try Fixtures.text(path) == text, "UPDATE_GOLDEN=1 swift test writes it")
  }

  private static func hold(
    _ fields: [FormField], _ read: (inout Fields) throws -> Void
  ) throws {
    let whole = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, sample($0)) })
    func takes(_ values: [String: String]) -> Bool {
      var values = Fields(values)
      return (try? read(&values)) != nil && (try? values.finish()) != nil
    }
    #expect(takes(whole))
    for field in fields {
      var values = whole
      // The mean lies between the other two, whatever they are.
      if ["sbp", "dbp"].contains(field.name) { values["map"] = nil }
      for value in allowed(field) {
        values[field.name] = value
        // Entered twice, so that it agrees.
        if field.name.hasPrefix("weight") {
          (values["weight"], values["weightAgain"]) = (value, value)
        }
        #expect(takes(values), "\(field.name)=\(value)")
      }
      for value in forbidden(field) {
        values[field.name] = value
        #expect(!takes(values), "\(field.name)=\(value)")
      }
      values[field.name] = nil
      if field.isRequired { #expect(!takes(values), "without \(field.name)") }
    }
  }

  private static func sample(_ field: FormField) -> String {
    switch field.kind {
    // A systolic pressure lies above every other.
    case .number(let range, let scale, _) where field.name == "sbp":
      Fields.decimal(range.upperBound, scale: scale)
    case .text: "300"
    default: allowed(field)[0]
    }
  }

  private static func allowed(_ field: FormField) -> [String] {
    switch field.kind {
    case .text: ["300"]
    case .answer: ["yes", "no"]
    case .date: ["1984-06-11"]
    case .word(let words): words
    case .staff: ["rn1"]
    case .number(let range, let scale, _):
      [range.lowerBound, range.upperBound].map { Fields.decimal($0, scale: scale) }
    }
  }

  private static func forbidden(_ field: FormField) -> [String] {
    switch field.kind {
    case .text: []
    case .answer, .word: ["perhaps"]
    case .date: ["11.6.1984"]
    case .staff: ["no user name"]
    case .number(let range, let scale, _):
      [range.lowerBound - 1, range.upperBound + 1].map {
        $0 < 0 ? "\($0)" : Fields.decimal($0, scale: scale)
      } + (scale == 1 ? ["1.5"] : ["0.001"])
    }
  }
}
