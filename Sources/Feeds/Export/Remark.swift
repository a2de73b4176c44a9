import Vitals

/// A remark at an instant of a signal file.
struct Remark: Hashable, Sendable {
  let at: Instant
  /// At most ``limit`` bytes of UTF-8, without a character below the space.
  let text: String

  /// What EDFlib and the WFDB library read whole, with room to spare.
  static let limit = 200

  /// The remarks of an excerpt in the order of time; a long text is several, which begin with
  /// `(2/3)` so that they sort.
  static func all(in excerpt: Excerpt) -> [Remark] {
    let remarks = excerpt.events.flatMap { event -> [Remark] in
      guard let words = EventWords.words(of: event) else { return [] }
      let parts = parts(of: plain(words))
      return parts.enumerated().map { index, part in
        Remark(
          at: event.at, text: parts.count == 1 ? part : "(\(index + 1)/\(parts.count)) \(part)")
      }
    }
    return remarks.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
  }

  /// Line breaks and other control characters mean something else in these files.
  private static func plain(_ words: String) -> String {
    String(
      String.UnicodeScalarView(
        words.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  /// Pieces that fit with their mark.
  private static func parts(of text: String) -> [String] {
    guard text.utf8.count > limit else { return [text] }
    let room = limit - "(999/999) ".utf8.count
    var parts = [String.UnicodeScalarView()]
    var used = 0
    for scalar in text.unicodeScalars {
      let length = UTF8.width(scalar)
      if used + length > room {
        parts.append(String.UnicodeScalarView())
        used = 0
      }
      parts[parts.count - 1].append(scalar)
      used += length
    }
    return parts.map { String($0) }
  }
}
