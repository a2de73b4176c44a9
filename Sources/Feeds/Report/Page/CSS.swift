/// A style sheet: fixed rules of ours, and strings for the margins of the pages.
struct CSS {
  let text: String

  init(_ rules: StaticString) { text = "\(rules)" }

  private init(text: String) { self.text = text }

  /// A rule for one margin box of every page, which prints `words`.
  static func margin(_ box: StaticString, _ words: String) -> CSS {
    CSS(text: "@page{@\(box){content:\(quoted(words))}}")
  }

  static func + (a: CSS, b: CSS) -> CSS { CSS(text: a.text + b.text) }

  /// A CSS string in which everything but letters and digits is written as its code, so that no
  /// word can end the string, the rule or the element.
  private static func quoted(_ words: String) -> String {
    var out = "\""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "-": out.unicodeScalars.append(scalar)
      default: out += "\\" + String(scalar.value, radix: 16) + " "
      }
    }
    return out + "\""
  }
}
