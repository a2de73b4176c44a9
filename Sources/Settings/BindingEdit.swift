public import Documents
public import Vitals

/// A binding written into a configuration file, which otherwise stays as its owner wrote it:
/// comments, order, blanks.
public struct BindingEdit: Sendable {
  public let slot: Slot
  public let driver: String
  public let port: String

  public init(slot: Slot, driver: String, port: String) {
    self.slot = slot
    self.driver = driver
    self.port = port
  }

  /// The text with the binding in it.
  ///
  /// - Throws: where the file has no such chair, or is not a configuration.
  public func applied(to text: String, file: String) throws(Complaint) -> String {
    let root = try Element.read(text, file: file)
    guard let list = try root.mapping()["chairs"] else {
      throw root.complaint("there are no “chairs”")
    }
    for chair in try list.list() {
      let values = try chair.mapping()
      guard let id = values["id"], try id.text() == slot.chair.name else { continue }
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if let device = values[slot.name.word] {
        try replace(device, in: &lines)
      } else {
        insert(behind: id, in: &lines)
      }
      return lines.joined(separator: "\n")
    }
    throw list.complaint("there is no chair \(slot.chair); add “- id: \(slot.chair)”")
  }

  /// Changes driver and port where they stand, the later one first.
  private func replace(_ device: Element, in lines: inout [String]) throws(Complaint) {
    let values = try device.mapping()
    guard let oldDriver = values["driver"], let oldPort = values["port"] else {
      throw device.complaint("a device needs “driver” and “port”")
    }
    let places = [(oldDriver.place, driver), (oldPort.place, port)].sorted { $0.0 > $1.0 }
    for (place, value) in places { Self.replaceScalar(at: place, with: value, in: &lines) }
  }

  /// Adds the device to a chair: on a line of its own, or inside the braces of `{id: "1"}`.
  private func insert(behind id: Element, in lines: inout [String]) {
    let entry = "\(slot.name.word): {driver: \(driver), port: \(Self.scalar(port))}"
    let (line, column) = (id.place.line - 1, id.place.column - 1)
    let before = lines[line].prefix(column)
    guard let key = before.lastRange(of: "id") else { return }
    if before[..<key.lowerBound].contains("{") {
      let end = Self.endOfScalar(in: lines[line], from: column)
      lines[line].insert(contentsOf: ", \(entry)", at: end)
    } else {
      let indent = String(repeating: " ", count: before[..<key.lowerBound].count)
      lines.insert(indent + entry, at: line + 1)
    }
  }

  private static func replaceScalar(
    at place: Place, with value: String, in lines: inout [String]
  ) {
    let index = place.line - 1
    let start = lines[index].index(lines[index].startIndex, offsetBy: place.column - 1)
    let end = endOfScalar(in: lines[index], from: place.column - 1)
    lines[index].replaceSubrange(start..<end, with: scalar(value))
  }

  /// Where the scalar that begins at a column ends: at its closing quote, or before a comma, a
  /// brace, a comment or the line's end.
  private static func endOfScalar(in line: String, from column: Int) -> String.Index {
    let start = line.index(line.startIndex, offsetBy: column)
    let rest = line[start...]
    if let quote = rest.first, quote == "\"" || quote == "'" {
      let close = rest.dropFirst().firstIndex(of: quote)
      return close.map { line.index(after: $0) } ?? line.endIndex
    }
    let stop = rest.firstIndex { ",}]#".contains($0) } ?? line.endIndex
    var end = stop
    while end > start, line[line.index(before: end)] == " " { end = line.index(before: end) }
    return end
  }

  /// Quoted where YAML would read more than text into it.
  private static func scalar(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    return isPlain ? value : "\"\(value)\""
  }
}

/// A place in a file, in reading order.
private struct Place: Comparable {
  let line: Int
  let column: Int

  static func < (a: Place, b: Place) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

extension Element {
  fileprivate var place: Place {
    let here = complaint("")
    return Place(line: here.line, column: here.column)
  }
}

extension StringProtocol {
  /// The last place of a word.
  fileprivate func lastRange(of word: String) -> Range<Index>? {
    var found: Range<Index>?
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(word) { found = start..<index(start, offsetBy: word.count) }
      start = index(after: start)
    }
    return found
  }
}
