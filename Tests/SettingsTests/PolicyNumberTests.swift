import Documents
import Monitoring
import Settings
import Testing

/// Every number that a prescriber may write is taken as written.
@Suite struct PolicyNumberTests {
  /// 0.29 × 100 is 28.999… in binary, and must be 29 all the same.
  @Test(arguments: Policy.fields.indices.filter { Policy.fields[$0].scale > 1 })
  func `each hundredth in the range is read exactly`(_ index: Int) throws {
    let field = Policy.fields[index]
    let parts = field.name.split(separator: ".")
    for value in field.allowed {
      let hundredths = "\(100 + value % 100)".dropFirst()
      let text = "\(parts[0]): {\(parts[1]): \(value / 100).\(hundredths)}"
      let policy = try Policy(text: text, file: "p")
      #expect(policy[keyPath: field.path] == value, "\(text)")
    }
  }

  @Test(arguments: Policy.fields.indices)
  func `a number outside the range is refused where it stands`(_ index: Int) throws {
    let field = Policy.fields[index]
    let parts = field.name.split(separator: ".")
    for value in [field.allowed.lowerBound - 1, field.allowed.upperBound + 1] {
      let number = field.scale == 1 ? "\(value)" : "\(Double(value) / Double(field.scale))"
      let text = "# a policy\n\(parts[0]):\n  \(parts[1]): \(number)\n"
      let complaints = try #require(
        #expect(throws: Complaints.self) { try Policy(text: text, file: "p") })
      let first = try #require(complaints.all.first { $0.reason.hasPrefix(field.name + " ") })
      #expect(first.line == 3 && first.column == parts[1].count + 5, "\(first)")
      #expect(first.reason.contains(field.allowedText))
    }
  }

  /// Only one of the two limits stands in the file: that is the place to point at.
  @Test func `limits in the wrong order are refused at the one that the file names`() throws {
    let cases = [
      ("spo2:\n  low: 89", 2, 8), ("spo2:\n  veryLow: 90\n  low: 91", 2, 12),
      ("pr:\n  low: 44", 2, 8),
    ]
    for (text, line, column) in cases {
      let complaints = try #require(
        #expect(throws: Complaints.self) { try Policy(text: text, file: "p") })
      #expect(
        complaints.all.map(\.line) == [line] && complaints.all.map(\.column) == [column],
        "\(complaints)")
      #expect(complaints.description.contains("below"))
    }
  }

  @Test(arguments: [
    ("spo2: {low: 92, low: 93}", 8), ("spo2: {low: 92}\nspo2: {low: 93}", 1),
  ])
  func `a name that stands twice is refused at its place`(text: String, column: Int) throws {
    let complaints = try #require(
      #expect(throws: Complaints.self) { try Policy(text: text, file: "p") })
    #expect(complaints.all.first?.reason.contains("stands twice") == true, "\(complaints)")
    #expect(complaints.all.first?.column == column)
  }
}
