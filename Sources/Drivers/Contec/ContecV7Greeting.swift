import Vitals

/// The questions in front of the first live data: stop, who are you, what can you do.
struct ContecV7Greeting: Sendable {
  /// In the order of the vendor's own program.
  private static let questions: [ContecV7Command] = [
    .stopTransfer, .stopLive, .protocolVersion, .storagePresent, .perfusionSupport, .model,
  ]
  /// A question without an answer is passed over: what counts is the live data behind it.
  private static let answerWithin = Duration.seconds(1)

  private(set) var giveUpAt: Instant
  private var next = 0
  private var version: UInt8?
  private var reportsPerfusionIndex: Bool?
  private var name: [UInt8] = []

  init(at instant: Instant) { giveUpAt = instant }

  /// The next question, or `nil` after the last.
  mutating func ask(at instant: Instant) -> ContecV7Command? {
    guard next < Self.questions.count else { return nil }
    giveUpAt = instant + Self.answerWithin
    next += 1
    return Self.questions[next - 1]
  }

  /// Takes an answer; true when it completes the one to the question asked last.
  mutating func hear(_ answer: ContecV7Answer) -> Bool {
    let question = next > 0 ? Self.questions[next - 1] : nil
    switch answer {
    case .done: return question == .stopTransfer || question == .stopLive
    case .version(let number):
      version = number
      return question == .protocolVersion
    case .storage: return question == .storagePresent
    case .perfusion(let isSupported):
      reportsPerfusionIndex = isSupported
      return question == .perfusionSupport
    case .name(let segment, let text):
      // The name comes in two packets, numbered 0 and 1, or 0 and FF.
      name = segment == 0 ? text : name.prefix(6) + text
      return question == .model && segment != 0
    case .segments, .date, .time, .length, .seconds: return false
    }
  }

  /// Who answered; `nil` when nobody did.
  var identity: DeviceIdentity? {
    let name = plainText(name)
    guard version != nil || name != nil else { return nil }
    return DeviceIdentity(
      model: name, firmware: version.map { "protocol \($0)" },
      reportsPerfusionIndex: reportsPerfusionIndex)
  }

  /// The printable characters without blanks at the ends; `nil` when there are none.
  private func plainText(_ bytes: [UInt8]) -> String? {
    let printable = bytes.filter { (0x20...0x7E).contains($0) }
    let blank = UInt8(ascii: " ")
    guard let first = printable.firstIndex(where: { $0 != blank }),
      let last = printable.lastIndex(where: { $0 != blank })
    else { return nil }
    return String(decoding: printable[first...last], as: UTF8.self)
  }
}
