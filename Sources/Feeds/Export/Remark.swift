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

  /// Pieces that fit with their mark, cut between characters as far as these fit.
  private static func parts(of text: String) -> [String] {
    guard text.utf8.count > limit else { return [text] }
    let room = limit - "(999/999) ".utf8.count
    var parts = [""]
    for character in text {
      let pieces = character.utf8.count <= room ? [String(character)] : scalars(of: character)
      for piece in pieces {
        if parts[parts.count - 1].utf8.count + piece.utf8.count > room { parts.append("") }
        parts[parts.count - 1] += piece
      }
    }
    return parts
  }

  private static func scalars(of character: Character) -> [String] {
    character.unicodeScalars.map { String($0) }
  }
}
