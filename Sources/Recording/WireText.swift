import Monitoring
public import Vitals
public import Ward

/// One input of a recording as one line of text (`design.md` section 5).
public enum WireText {
  /// What one line of a recording says.
  public enum Entry: Hashable, Sendable {
    case input(WardInput)
    /// Bytes that went to a device, asserted in replay.
    case sent(Slot, [UInt8])
    /// The wall clock was set to this time.
    case wallClock(WallTime)
    /// The recording goes on, silently, until here.
    case end
  }

  /// Reads one line that is no comment and no heading, such as `+0.016 7/ox < 01 e0`.
  public static func parse(_ line: Substring) throws(TextError) -> (Instant, Entry) {
    // By scalars: an accent must not make another character of the blank before it.
    let parts = line.unicodeScalars.split(
      maxSplits: 3, omittingEmptySubsequences: true, whereSeparator: { $0 == " " || $0 == "\t" }
    ).map(Substring.init)
    guard parts.count >= 3, let at = Seconds.parse(parts[0]) else {
      throw TextError(
        "expected “+seconds who mark what”, seconds with at most three decimals")
    }
    let rest = parts.count > 3 ? parts[3] : ""
    return (at, try entry(who: parts[1], mark: parts[2], rest, at: at))
  }

  private static func entry(
    who: Substring, mark: Substring, _ rest: Substring, at: Instant
  ) throws(TextError) -> Entry {
    switch (mark, who) {
    case ("<", _): return .input(.bytes(try slot(who), try bytes(rest)))
    case (">", _): return .sent(try slot(who), try bytes(rest))
    case ("~", "*"):
      guard let time = WallTime(rest) else {
        throw TextError("“\(rest)” is no time of the form 2026-03-14T15:02:11.000Z")
      }
      return .wallClock(time)
    case ("!", "*") where rest == "end": return .end
    case ("!", "*"): return .input(try wardInput(rest, at: at))
    case ("!", _): return .input(.line(try slot(who), try lineChange(rest)))
    case ("@", _):
      if let input = try AccountText.parse(try chair(who), rest) { return .input(input) }
      return .input(try command(chair(who), rest))
    case ("=", _):
      var fields = try Fields.read(try Fields.split(rest))
      let staff = try CommandText.staff("by", fields.take("by") ?? StaffID.system.name)
      let reading = try HandReadingText.parse(&fields)
      try fields.finish()
      return .input(.reading(try chair(who), reading, by: staff))
    default: throw TextError("“\(mark)” is none of: < > ! @ = ~")
    }
  }

  private static func command(_ chair: ChairID, _ text: Substring) throws(TextError) -> WardInput {
    let words = try Fields.split(text)
    guard let name = words.first else { throw TextError("a command is missing after @") }
    var fields = try Fields.read(words.dropFirst())
    let staff = try CommandText.staff("by", try fields.need("by"))
    let command = try CommandText.parse(name, &fields)
    try fields.finish()
    return .command(chair, command, by: staff)
  }

  private static func lineChange(_ text: Substring) throws(TextError) -> LineChange {
    let words = try Fields.split(text)
    switch words.first {
    case "plug", "reopen": return .opened
    case "unplug": return .closed(reason: words.dropFirst().first ?? "unplugged")
    case let other:
      throw TextError("! \(other ?? "") is none of: plug, unplug, reopen")
    }
  }

  private static func wardInput(_ text: Substring, at: Instant) throws(TextError) -> WardInput {
    var fields = try Fields.read(try Fields.split(text))
    if let name = fields.take("station") {
      if fields.has("says") { return try StationText.parse(name, &fields) }
      let state = fields.take("state")
      guard let station = StaffID(name), state == "linked" || state == "lost" else {
        throw TextError("expected station=NAME and state=linked, state=lost or says=")
      }
      return .station(station, isLinked: state == "linked")
    }
    if let health = try fields.word("log", LogHealth.self) { return .log(health) }
    if let reach = try fields.word("sound", SoundReach.self) { return .sound(reach) }
    if let word = fields.take("deviceBytes") {
      guard let isKept = ["kept": true, "forgotten": false][word] else {
        throw TextError("deviceBytes=\(word) is neither kept nor forgotten")
      }
      return .deviceBytesKept(isKept)
    }
    if let file = fields.take("logSetAside") { return .logSetAside(try lostLog(file, &fields)) }
    if let milliseconds = try fields.number("wallStepMilliseconds", in: -(1 << 52)...(1 << 52)) {
      return .wallClockStepped(milliseconds: Int64(milliseconds))
    }
    if let since = fields.take("interruptedSince") {
      guard let instant = Seconds.parse(since), instant <= at else {
        throw TextError("interruptedSince=\(since) is no earlier time in seconds")
      }
      switch fields.take("clock") {
      case nil: return .interrupted(since: instant)
      case "uncertain": return .interrupted(since: instant, isCertain: false)
      case let other?: throw TextError("clock=\(other) is not “uncertain”")
      }
    }
    throw TextError(
      "expected end, station=, log=, sound=, logSetAside=, deviceBytes=, wallStepMilliseconds= or interruptedSince="
    )
  }

  private static func lostLog(
    _ file: String, _ fields: inout Fields
  ) throws(TextError) -> LostLog {
    let why = try fields.need("why")
    let accounts = try fields.number("accounts", in: 0...1_000_000) ?? 0
    var chairs: [ChairID] = []
    for name in try fields.need("chairs").split(separator: " ") { chairs.append(try chair(name)) }
    return LostLog(file: file, reason: why, accounts: accounts, chairs: chairs)
  }

  static func chair(_ text: Substring) throws(TextError) -> ChairID {
    if text == "*" { return .ward }
    guard let chair = ChairID(text) else {
      throw TextError("“\(text)” is no chair (letters, digits, - and _, at most 15)")
    }
    return chair
  }

  static func slot(_ text: Substring) throws(TextError) -> Slot {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let name = SlotName(rawValue: String(parts[1])) else {
      throw TextError("“\(text)” is no device position such as 7/ox or 7/cuff")
    }
    return Slot(try chair(parts[0]), name)
  }

  /// The bytes of `01 e0 85`.
  ///
  /// Two blanks or a tab end them; what follows is for the reader, as in `01 e0 85   from the
  /// device`.
  private static func bytes(_ text: Substring) throws(TextError) -> [UInt8] {
    var bytes: [UInt8] = []
    let text = text.drop { $0 == " " || $0 == "\t" }
    for word in text.prefix(while: { $0 != "\t" })
      .split(separator: " ", omittingEmptySubsequences: false)
    {
      guard !word.isEmpty else { break }
      guard word.utf8.count == 2, word.allSatisfy(\.isHexDigit), let byte = UInt8(word, radix: 16)
      else {
        throw TextError(
          "“\(word)” is none of the bytes such as 01 e0 85; words come two blanks after")
      }
      bytes.append(byte)
    }
    guard !bytes.isEmpty else { throw TextError("expected bytes such as 01 e0 85") }
    return bytes
  }

  /// The line of one input.
  ///
  /// `wall` is what the wall clock shows after it, for a step of it.
  public static func line(_ input: WardInput, at: Instant, wall: WallTime) -> String {
    let time = Seconds.signed(at)
    switch input {
    case .bytes(let slot, let bytes): return "\(time) \(slot) < \(hex(bytes))"
    case .line(let slot, .opened): return "\(time) \(slot) ! plug"
    case .line(let slot, .closed(let reason)):
      return "\(time) \(slot) ! unplug \(Fields.quoted(reason))"
    case .command(let chair, let command, let staff):
      return "\(time) \(chair) @ \(command.name.rawValue)"
        + words(CommandText.fields(of: command) + [("by", staff.name)])
    case .reading(let chair, let reading, let staff):
      return "\(time) \(chair) ="
        + words(HandReadingText.fields(of: reading) + [("by", staff.name)])
    case .wallClockStepped(let milliseconds):
      // A year of five digits cannot be read back; a clock that is that wrong can still be written.
      guard WallTime(wall.description) != nil else {
        return "\(time) * ! wallStepMilliseconds=\(milliseconds)"
      }
      return "\(time) * ~ \(wall)"
    case .station(let station, let isLinked):
      return "\(time) * ! station=\(station) state=\(isLinked ? "linked" : "lost")"
    case .stationSays(let station, let word):
      return "\(time) * ! station=\(station)" + words(StationText.fields(of: word))
    case .log(let health): return "\(time) * ! log=\(health.rawValue)"
    case .sound(let reach): return "\(time) * ! sound=\(reach.rawValue)"
    case .deviceBytesKept(let isKept):
      return "\(time) * ! deviceBytes=\(isKept ? "kept" : "forgotten")"
    case .logSetAside(let log):
      return "\(time) * !"
        + words([
          ("logSetAside", log.file), ("why", log.reason), ("accounts", "\(log.accounts)"),
          ("chairs", log.chairs.map(\.name).joined(separator: " ")),
        ])
    case .staff(let member, let role):
      return "\(time) * @ staff \(member)=\(AccountText.word(role))"
    case .account(let chair, let note):
      return "\(time) \(chair) @ \(note.name.rawValue)" + words(AccountText.fields(of: note))
    case .interrupted(let since, let isCertain):
      return "\(time) * ! interruptedSince=\(Seconds.signed(since))"
        + (isCertain ? "" : " clock=uncertain")
    }
  }

  /// The line that says how long the recording goes on.
  public static func lineOfEnd(at: Instant) -> String { "\(Seconds.signed(at)) * ! end" }

  /// The line of bytes that went to a device.
  public static func line(sent bytes: [UInt8], to slot: Slot, at: Instant) -> String {
    "\(Seconds.signed(at)) \(slot) > \(hex(bytes))"
  }

  private static func words(_ fields: [(key: String, value: String)]) -> String {
    fields.map { " \($0.key)=\(Fields.quoted($0.value))" }.joined()
  }

  /// Bytes as pairs of hexadecimal digits with blanks between them.
  public static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
