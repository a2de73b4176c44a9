/// A piece of a page that is safe to show.
///
/// There are two ways to make one: fixed wording of ours, known when the program is built, and a
/// ``Figure``, whose words are escaped and which names its place in the log. Elements and attributes
/// are fixed wording too, so nothing that anybody typed can become markup.
public struct HTML: Sendable {
  public let text: String

  private init(text: String) { self.text = text }

  static let nothing = HTML(text: "")

  /// Wording of ours.
  static func fixed(_ words: StaticString) -> HTML { HTML(text: escaped("\(words)")) }

  /// A value, with its source.
  static func figure(_ figure: Figure) -> HTML {
    HTML(
      text: "<span data-source=\"\(escaped(figure.source.description))\">"
        + "\(escaped(figure.words))</span>")
  }

  /// A figure inside an SVG, where text stands in `tspan`.
  static func drawn(_ figure: Figure) -> HTML {
    HTML(
      text: "<tspan data-source=\"\(escaped(figure.source.description))\">"
        + "\(escaped(figure.words))</tspan>")
  }

  /// A style sheet; only ``Stylesheet`` makes one.
  static func style(_ sheet: CSS) -> HTML { HTML(text: "<style>\(sheet.text)</style>") }

  /// An element with its content.
  static func element(
    _ name: StaticString, _ attributes: [Attribute] = [], _ content: [HTML] = []
  ) -> HTML {
    let inner = content.map(\.text).joined()
    return HTML(text: "<\(name)\(attributes.map(\.text).joined())>\(inner)</\(name)>")
  }

  /// An element that has no content, such as `meta`.
  static func void(_ name: StaticString, _ attributes: [Attribute]) -> HTML {
    HTML(text: "<\(name)\(attributes.map(\.text).joined())>")
  }

  static func document(_ content: [HTML]) -> HTML {
    HTML(text: "<!doctype html>\n" + content.map(\.text).joined() + "\n")
  }

  static func joined(_ parts: [HTML], by separator: StaticString = "") -> HTML {
    HTML(text: parts.map(\.text).joined(separator: escaped("\(separator)")))
  }

  fileprivate static func escaped(_ words: String) -> String {
    var out = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n": out.unicodeScalars.append(scalar)
      // What no reader can see, or what turns the order of letters, has no place on a record.
      case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}",
        "\u{2066}"..."\u{2069}":
        out += "\u{fffd}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

/// An attribute of an element; its value is escaped.
struct Attribute {
  let text: String

  init(_ name: StaticString, _ value: String) {
    text = " \(name)=\"\(HTML.escaped(value))\""
  }

  static func kind(_ name: StaticString) -> Attribute { Attribute("class", "\(name)") }

  static func source(_ source: Source) -> Attribute {
    Attribute("data-source", source.description)
  }
}

extension Figure? {
  /// The figure, or a dash where the log holds nothing.
  var html: HTML { map(HTML.figure) ?? .fixed("–") }
}

extension Figure {
  var html: HTML { .figure(self) }
}

extension HTML {
  /// A figure where no element can stand, as in a title.
  static func plain(_ figure: Figure) -> HTML { HTML(text: escaped(figure.words)) }

  /// Fixed words and figures in a row.
  static func line(_ parts: HTML...) -> HTML { HTML(text: parts.map(\.text).joined()) }
}
