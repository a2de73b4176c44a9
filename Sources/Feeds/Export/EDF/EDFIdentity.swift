import Vitals

/// Who and what an EDF+ file is about: subfields with a space between them, `X` for what is unknown.
enum EDFIdentity {
  /// Code, sex, birth date and name of the patient.
  static func patient(of excerpt: Excerpt) -> String {
    let sex = ["female": "F", "male": "M"][excerpt.charted("sex") ?? ""] ?? "X"
    let born = excerpt.charted("birthDate").map { EDFDate(iso: $0).long } ?? "X"
    return joined([
      subfield(excerpt.patient, 24), sex, born, subfield(excerpt.charted("name"), 40),
    ])
  }

  /// When it began, the session's name, and what recorded it.
  static func recording(of excerpt: Excerpt, startedAt: WallTime) -> String {
    let software = excerpt.log.runs.last.map { "chairside_\($0.software)" }
    return joined([
      "Startdate", EDFDate(startedAt).long, subfield(excerpt.log.id, 24), "X",
      subfield(software, 24),
    ])
  }

  private static func joined(_ subfields: [String]) -> String {
    subfields.joined(separator: " ")
  }

  /// Printable ASCII without a space; what the format cannot say is `?`.
  private static func subfield(_ text: String?, _ width: Int) -> String {
    let characters = (text ?? "").prefix(width).map { character -> Character in
      guard let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7f else { return "?" }
      return ascii == 0x20 ? "_" : character
    }
    return characters.isEmpty ? "X" : String(characters)
  }
}
