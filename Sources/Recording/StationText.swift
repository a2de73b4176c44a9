import Monitoring
import Vitals
import Ward

/// What a station says of itself, as words of a recording.
enum StationText {
  private enum Name: String, CaseIterable {
    case hello, heartbeat, goodbye, confirmed, sounded, sound
  }

  /// Reads what follows `station=NAME`, such as `says=confirmed chair=7 id=3 revision=2`.
  static func parse(_ name: String, _ fields: inout Fields) throws(TextError) -> WardInput {
    let station = try CommandText.staff("station", name)
    let word: StationWord =
      switch try fields.word("says", Name.self) {
      case .hello: .hello
      case .heartbeat: .heartbeat
      case .goodbye: .goodbye
      case .confirmed:
        .confirmed(
          try WireText.chair(Substring(try fields.need("chair"))),
          alarm: try number("id", &fields), revision: try number("revision", &fields))
      case .sounded:
        .sounded(
          try WireText.chair(Substring(try fields.need("chair"))),
          alarm: try number("id", &fields), revision: try number("revision", &fields))
      case .sound: .sound(try sound(&fields))
      case nil: throw TextError("says= is missing")
      }
    try fields.finish()
    return .stationSays(station, word)
  }

  /// Reads `visible=yes audible=no by=rn1`; without `by`, nobody has heard it.
  static func sound(_ fields: inout Fields) throws(TextError) -> StationSound {
    let by = fields.take("by")
    return StationSound(
      isVisible: try truth("visible", &fields), isAudible: try truth("audible", &fields),
      checkedBy: try by.map { text throws(TextError) in try CommandText.staff("by", text) })
  }

  static func fields(of sound: StationSound) -> [(key: String, value: String)] {
    [
      ("visible", sound.isVisible ? "yes" : "no"), ("audible", sound.isAudible ? "yes" : "no"),
    ] + (sound.checkedBy.map { [("by", $0.name)] } ?? [])
  }

  private static func truth(_ key: String, _ fields: inout Fields) throws(TextError) -> Bool {
    guard let value = ["yes": true, "no": false][try fields.need(key)] else {
      throw TextError("\(key)= is neither yes nor no")
    }
    return value
  }

  private static func number(_ key: String, _ fields: inout Fields) throws(TextError) -> Int {
    guard let number = try fields.number(key, in: 1...1_000_000_000) else {
      throw TextError("\(key)= is missing")
    }
    return number
  }

  static func fields(of word: StationWord) -> [(key: String, value: String)] {
    switch word {
    case .hello: [("says", Name.hello.rawValue)]
    case .heartbeat: [("says", Name.heartbeat.rawValue)]
    case .goodbye: [("says", Name.goodbye.rawValue)]
    case .confirmed(let chair, let alarm, let revision):
      [
        ("says", Name.confirmed.rawValue), ("chair", chair.name), ("id", "\(alarm)"),
        ("revision", "\(revision)"),
      ]
    case .sounded(let chair, let alarm, let revision):
      [
        ("says", Name.sounded.rawValue), ("chair", chair.name), ("id", "\(alarm)"),
        ("revision", "\(revision)"),
      ]
    case .sound(let sound): [("says", Name.sound.rawValue)] + fields(of: sound)
    }
  }
}
