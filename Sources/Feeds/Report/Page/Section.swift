/// A titled part of a report.
struct Section {
  let title: StaticString
  let content: [HTML]

  init(_ title: StaticString, _ content: HTML...) {
    self.title = title
    self.content = content
  }

  var html: HTML {
    .element("section", [], [.element("h2", [], [.fixed(title)])] + content)
  }

  /// What stands where the log holds nothing: a reader must see that it was looked for.
  static let none = HTML.element("p", [.kind("none")], [.fixed("None recorded.")])

  static func note(_ words: StaticString) -> HTML {
    .element("p", [.kind("note")], [.fixed(words)])
  }
}

/// Rows under headings that are repeated on every page.
struct Table {
  private let columns: [StaticString]
  private let rows: [[HTML]]
  private let kind: StaticString

  init(_ columns: [StaticString], _ rows: [[HTML]], kind: StaticString = "plain") {
    self.columns = columns
    self.rows = rows
    self.kind = kind
  }

  /// The table, or the words that there is nothing to put in it.
  var html: HTML {
    guard !rows.isEmpty else { return Section.none }
    let head = HTML.element(
      "tr", [], columns.map { .element("th", [Attribute("scope", "col")], [.fixed($0)]) })
    let body = rows.map { cells in
      HTML.element("tr", [], cells.map { .element("td", [], [$0]) })
    }
    return .element(
      "table", [.kind(kind)],
      [.element("thead", [], [head]), .element("tbody", [], body)])
  }
}

/// Names and values side by side; a value that is missing is said to be.
struct Facts {
  private let pairs: [(name: StaticString, value: HTML?)]

  init(_ pairs: [(StaticString, HTML?)]) { self.pairs = pairs.map { (name: $0, value: $1) } }

  init(_ pairs: [(StaticString, Figure?)]) {
    self.pairs = pairs.map { (name: $0, value: $1.map(HTML.figure)) }
  }

  var html: HTML {
    .element(
      "dl", [],
      pairs.map { name, value in
        .element(
          "div", [],
          [
            .element("dt", [], [.fixed(name)]),
            .element(
              "dd", value == nil ? [.kind("none")] : [], [value ?? .fixed("none recorded")]),
          ])
      })
  }
}
