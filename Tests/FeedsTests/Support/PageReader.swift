/// A report taken apart without knowing how it was put together.
struct PageReader {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// The text inside, of whatever depth.
    var text = ""
  }

  /// Everything that names its place in the log.
  private(set) var traced: [Element] = []
  /// All text that stands outside of such an element.
  private(set) var wording: [String] = []
  /// The cells of table rows by the heading above them, `h2` or `h3`.
  private(set) var tables: [String: [[String]]] = [:]
  private var heading = ""
  /// Every element, in the order of their starts.
  private(set) var elements: [Element] = []

  init(_ html: String) {
    // Names of open elements, and the index in `traced` where they have one.
    var open: [(name: String, traced: Int?)] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      take(text: String(rest[..<start]), open)
      guard let end = rest[start...].firstIndex(of: ">") else { return }
      let tag = String(rest[rest.index(after: start)..<end])
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        if open.last?.name == String(tag.dropFirst()) { open.removeLast() }
        continue
      }
      let element = Self.element(tag)
      elements.append(element)
      switch element.name {
      case "h2", "h3": heading = ""
      case "tr": tables[heading, default: []].append([])
      case "td":
        if let row = tables[heading]?.indices.last { tables[heading]?[row].append("") }
      default: break
      }
      if element.attributes["data-source"] != nil { traced.append(element) }
      guard element.name != "meta" else { continue }
      open.append(
        (element.name, element.attributes["data-source"] == nil ? nil : traced.count - 1))
      // A style sheet holds no element; its text is no wording either.
      if element.name == "style" { rest = rest.drop { $0 != "<" } }
    }
  }

  private mutating func take(text: String, _ open: [(name: String, traced: Int?)]) {
    guard !text.isEmpty else { return }
    let words = Self.unescaped(text)
    if let name = open.last?.name, ["h2", "h3"].contains(name) { heading += words }
    if open.contains(where: { $0.name == "td" }), let row = tables[heading]?.indices.last,
      let cell = tables[heading]?[row].indices.last
    {
      tables[heading]?[row][cell] += words
    }
    if let index = open.last(where: { $0.traced != nil })?.traced {
      traced[index].text += words
    } else if open.last?.name != "title" {
      wording.append(words)
    }
  }

  private static func element(_ tag: String) -> Element {
    var attributes: [String: String] = [:]
    let name = tag.prefix { $0 != " " }
    var rest = tag.dropFirst(name.count)
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals].drop { $0 == " " }
      let opening = rest.index(after: equals)
      let value = rest[rest.index(after: opening)...].prefix { $0 != "\"" }
      attributes[String(key)] = unescaped(String(value))
      rest = rest[value.endIndex...].dropFirst()
    }
    return Element(name: String(name), attributes: attributes)
  }

  private static func unescaped(_ text: String) -> String {
    var text = text
    for (code, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text = text.replacing(code, with: character)
    }
    return text
  }
}
