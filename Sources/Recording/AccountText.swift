import Monitoring
import Vitals
import Ward

/// Accounts and logins as text: in recordings beside the commands of persons, in the timeline among
/// the audit entries.
///
/// `+3 * @ staff rn9=rn`, `+5 7 @ authenticated for=sign factors=userId,pin by=rn1`.
enum AccountText {
  /// A role, or that somebody has none any more.
  static func word(_ role: Role?) -> String { role?.rawValue ?? "none" }

  /// Reads what follows `@`; `nil` when it is a command.
  static func parse(_ chair: ChairID, _ text: Substring) throws(TextError) -> WardInput? {
    let words = try Fields.split(text)
    if words.first == "staff" { return try staff(chair, words.dropFirst()) }
    guard let name = words.first.flatMap(AccountNote.Name.init(rawValue:)) else { return nil }
    var fields = try Fields.read(words.dropFirst())
    let note = try note(name, &fields)
    try fields.finish()
    return .account(chair, note)
  }

  private static func staff(
    _ chair: ChairID, _ words: ArraySlice<String>
  ) throws(TextError) -> WardInput {
    let parts = words.first?.split(separator: "=") ?? []
    guard chair == .ward, words.count == 1, parts.count == 2, let member = StaffID(parts[0]),
      parts[1] == "none" || Role(rawValue: String(parts[1])) != nil
    else { throw TextError("expected * @ staff user=role, or user=none") }
    return .staff(member, Role(rawValue: String(parts[1])))
  }

  private static func note(
    _ name: AccountNote.Name, _ fields: inout Fields
  ) throws(TextError) -> AccountNote {
    switch name {
    case .authenticated:
      return .authenticated(
        by: try user("by", &fields), for: try purpose(&fields),
        factors: try list("factors", AccountNote.Factor.self, &fields))
    case .loginFailed:
      let by = fields.take("by")
      return .loginFailed(
        by: try by.map { name throws(TextError) in try CommandText.staff("by", name) },
        for: try purpose(&fields),
        why: try needed("why", try fields.word("why", LoginFailure.self)),
        failures: try needed("failures", try fields.number("failures", in: 0...1_000_000)))
    case .lockedOut:
      return .lockedOut(
        try user("user", &fields),
        seconds: try needed("seconds", try fields.number("seconds", in: 0...1_000_000)))
    case .accountChanged:
      return .changed(
        try user("user", &fields),
        try needed("change", try fields.word("change", AccountChange.self)),
        roles: try list("roles", Role.self, &fields), by: try user("by", &fields))
    case .recordShown:
      let station = fields.take("station")
      return .shown(
        record: try fields.need("record"),
        as: try needed("form", try fields.word("form", RecordForm.self)),
        at: try station.map { name throws(TextError) in try CommandText.staff("station", name) })
    }
  }

  private static func purpose(_ fields: inout Fields) throws(TextError) -> AccountNote.Purpose {
    let word = try fields.need("for")
    guard let purpose = AccountNote.Purpose(word: word) else {
      throw TextError("for=\(word) is none of: a command, accounts, station")
    }
    return purpose
  }

  private static func user(_ key: String, _ fields: inout Fields) throws(TextError) -> StaffID {
    try CommandText.staff(key, try fields.need(key))
  }

  private static func list<Word: RawRepresentable<String>>(
    _ key: String, _ type: Word.Type, _ fields: inout Fields
  ) throws(TextError) -> [Word] {
    var words: [Word] = []
    for part in fields.take(key)?.split(separator: ",") ?? [] {
      guard let word = Word(rawValue: String(part)) else {
        throw TextError("\(key)= does not know “\(part)”")
      }
      words.append(word)
    }
    return words
  }

  private static func needed<Value>(_ key: String, _ value: Value?) throws(TextError) -> Value {
    guard let value else { throw TextError("\(key)= is missing") }
    return value
  }

  /// The fields of a recording's line, in their order.
  static func fields(of note: AccountNote) -> [(key: String, value: String)] {
    switch note {
    case .authenticated(let by, let purpose, let factors):
      [
        ("for", purpose.word),
        ("factors", factors.map(\.rawValue).joined(separator: ",")), ("by", by.name),
      ]
    case .loginFailed(let by, let purpose, let why, let failures):
      [
        ("for", purpose.word), ("why", why.rawValue),
        ("failures", "\(failures)"),
      ] + (by.map { [("by", $0.name)] } ?? [])
    case .lockedOut(let user, let seconds): [("user", user.name), ("seconds", "\(seconds)")]
    case .changed(let user, let change, let roles, let by):
      [("user", user.name), ("change", change.rawValue)]
        + (roles.isEmpty ? [] : [("roles", roles.map(\.rawValue).joined(separator: ","))])
        + [("by", by.name)]
    case .shown(let record, let form, let station):
      [("record", record), ("form", form.rawValue)]
        + (station.map { [("station", $0.name)] } ?? [])
    }
  }

  /// The fields of the timeline's line.
  static func add(_ note: AccountNote, to json: inout JSONLine) {
    json.add("what", note.name.rawValue)
    switch note {
    case .authenticated(let by, let purpose, let factors):
      json.add("for", purpose.word)
      json.add("factors", factors.map(\.rawValue))
      json.add("by", by.name)
    case .loginFailed(let by, let purpose, let why, let failures):
      json.add("for", purpose.word)
      json.add("why", why.rawValue)
      json.add("failures", failures)
      json.add(ifAny: "by", by?.name)
    case .lockedOut(let user, let seconds):
      json.add("user", user.name)
      json.add("seconds", seconds)
    case .changed(let user, let change, let roles, let by):
      json.add("user", user.name)
      json.add("change", change.rawValue)
      if !roles.isEmpty { json.add("roles", roles.map(\.rawValue)) }
      json.add("by", by.name)
    case .shown(let record, let form, let station):
      json.add("record", record)
      json.add("form", form.rawValue)
      json.add(ifAny: "station", station?.name)
    }
  }
}
