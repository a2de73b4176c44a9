import Yams

/// One value of a YAML or JSON document, with its place in the file.
///
/// Scalars are text until somebody asks for a type, so that `no` stays a name where a name is
/// expected; every complaint carries line and column.
public struct Element {
  private let node: Node
  private let file: String

  /// Reads a whole document.
  ///
  /// `file` is the name that complaints carry.
  public static func read(_ text: String, file: String) throws(Complaint) -> Element {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw Complaint(file: file, line: 1, column: 1, reason: "the file is empty")
      }
      return Element(node: node, file: file)
    } catch let complaint as Complaint {
      throw complaint
    } catch let YamlError.parser(_, problem, mark, _), let YamlError.scanner(_, problem, mark, _),
      let YamlError.composer(_, problem, mark, _)
    {
      throw Complaint(file: file, line: mark.line, column: mark.column, reason: problem)
    } catch let YamlError.duplicatedKeysInMapping(keys, context) {
      throw Complaint(
        file: file, line: context.mark.line, column: context.mark.column,
        reason: "“\(keys.first ?? "")” stands twice; keep one")
    } catch {
      throw Complaint(file: file, line: 1, column: 1, reason: "\(error)")
    }
  }

  /// A complaint about this very value.
  public func complaint(_ reason: String) -> Complaint {
    Complaint(
      file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, reason: reason)
  }

  /// The value as text; lists and mappings are none.
  public func text() throws(Complaint) -> String {
    guard case .scalar(let scalar) = node else { throw complaint("expected a single value") }
    return scalar.string
  }

  public var isNull: Bool {
    if case .scalar(let scalar) = node {
      scalar.style == .plain && ["", "null", "~"].contains(scalar.string)
    } else {
      false
    }
  }

  /// A whole number in a range, with the unit that the complaint names.
  public func integer(in range: ClosedRange<Int>, unit: String = "") throws(Complaint) -> Int {
    let text = try text()
    let space = unit.isEmpty ? "" : " "
    guard let value = Int(text) else {
      throw complaint("“\(text)” is not a whole number")
    }
    guard range.contains(value) else {
      throw complaint(
        "\(value)\(space)\(unit) is outside \(range.lowerBound)…\(range.upperBound)\(space)\(unit)")
    }
    return value
  }

  /// A number, which may have decimals, between two whole ones.
  public func decimal(in range: ClosedRange<Int>) throws(Complaint) -> Double {
    let text = try text()
    guard let value = Double(text), value.isFinite else {
      throw complaint("“\(text)” is not a number")
    }
    guard (Double(range.lowerBound)...Double(range.upperBound)).contains(value) else {
      throw complaint("\(text) is outside \(range.lowerBound)…\(range.upperBound)")
    }
    return value
  }

  public func boolean() throws(Complaint) -> Bool {
    switch try text() {
    case "true", "yes": return true
    case "false", "no": return false
    case let other: throw complaint("“\(other)” is neither true nor false")
    }
  }

  /// A word out of a closed set.
  public func word<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type
  ) throws(Complaint) -> Word {
    let text = try text()
    guard let word = Word(rawValue: text) else {
      throw complaint(
        "“\(text)” is none of: \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  public func list() throws(Complaint) -> [Element] {
    guard case .sequence(let sequence) = node else { throw complaint("expected a list") }
    return sequence.map { Element(node: $0, file: file) }
  }

  /// The values by key.
  ///
  /// An unknown or doubled key is an error, with the nearest known one.
  public func mapping(known: [String]? = nil) throws(Complaint) -> [String: Element] {
    guard case .mapping(let mapping) = node else {
      throw complaint("expected keys and values")
    }
    var values: [String: Element] = [:]
    for (key, value) in mapping {
      let keyElement = Element(node: key, file: file)
      let name = try keyElement.text()
      if let known, !known.contains(name) {
        let hint = Self.nearest(to: name, in: known).map { "; did you mean “\($0)”?" } ?? ""
        throw keyElement.complaint("“\(name)” is not known here\(hint)")
      }
      values[name] = Element(node: value, file: file)
    }
    return values
  }

  /// The known name with the fewest edits, if they are few.
  private static func nearest(to name: String, in known: [String]) -> String? {
    known.map { ($0, distance(Array($0.utf8), Array(name.utf8))) }
      .filter { $0.1 <= max(2, name.utf8.count / 3) }
      .min { $0.1 < $1.1 }?.0
  }

  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let substituted = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j + 1] + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}
