import Vitals

/// The driver of `hl7`.
struct HL7Driver: FramedDriver {
  var line = FramedLine(HL7Conversation(manner: .bound))
}

/// Reads every message at face value and answers none: for files and for recognising a line.
struct HL7Listener: FramedDriver {
  var line = FramedLine(HL7Conversation(manner: .listening))
}

/// Reads a monitor's messages and answers each (`protocols.md` 3.4, `clinical.md` 5.5).
///
/// The monitor talks first; an answer goes only to a message that parsed, on a line that is open.
/// A row of ours that cannot be read brings no number: the message's other rows do, and the answer
/// is an error, so that the sender's log shows it. A message without its end, or with anything in
/// it that is no segment, gets no answer and comes again.
struct HL7Conversation: Conversation {
  typealias Cut = MLLPFraming

  enum Manner { case bound, listening }

  /// A monitor that opens a connection for each message is still the same monitor.
  private static let memory = Duration.seconds(60)

  /// Enough to know a message again.
  private struct Recognition: Hashable {
    let controlID: UInt64
    let time: UInt64
  }

  private let manner: Manner
  private var isOpen = false
  private var closedAt: Instant?
  private var isIntroduced = false
  private var news = HL7PressureNews()
  private var acknowledgement = HL7Acknowledgement()
  /// The last message that was read, and whether all of it could be.
  private var last: (message: Recognition, isReadable: Bool)?

  init(manner: Manner) { self.manner = manner }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    let isBack = closedAt.map { instant - $0 <= Self.memory } ?? false
    if isOpen || !isBack { self = HL7Conversation(manner: manner) }
    isOpen = true
    isIntroduced = false
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    isOpen = false
    closedAt = instant
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    let text = frame.extracting(1..<frame.count - 2)
    guard let header = HL7Header(text), header.kind != .answer else { return }
    introduce(text, header, at: instant, emit: emit)
    let isGood: Bool
    switch header.kind {
    case .observations: isGood = readOnce(text, header, at: instant, emit: emit)
    case .unused: isGood = true
    case .foreign, .answer: isGood = false
    }
    guard isOpen, manner == .bound else { return }
    for answer in acknowledgement.answers(text, header, isGood: isGood) {
      emit(instant, .send(answer))
    }
  }

  /// Says who sends, once per connection.
  private mutating func introduce(
    _ text: Span<UInt8>, _ header: HL7Header, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard !isIntroduced else { return }
    isIntroduced = true
    func part(_ number: Int) -> String? {
      let separators = header.separators
      let place = text.part(number, of: header.sender.application, by: separators.component)
      return text.unescaped(place, separators)
    }
    guard let model = part(1) else { return }
    emit(instant, .identified(DeviceIdentity(model: model, serial: part(2))))
  }

  /// Reads a message unless it is the last one again; returns whether all of it could be read.
  private mutating func readOnce(
    _ text: Span<UInt8>, _ header: HL7Header, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) -> Bool {
    // A retry is the same message under the same id; some monitors never change the id alone.
    let message = Recognition(
      controlID: text.hash(of: header.controlID), time: text.hash(of: header.timePlace))
    if manner == .bound, let last, last.message == message { return last.isReadable }
    let report = HL7Report(text, header)
    last = (message, report.isReadable)
    if let oximetry = report.oximetry { emit(instant, .oximetry(oximetry)) }
    if let rate = report.respiration { emit(instant, .respiration(rate)) }
    if let result = report.pressure {
      let isNew = news.isNew(result, in: header.time)
      if isNew || manner == .listening {
        emit(instant, .determination(.result(result.pressure)))
      }
    }
    return report.isReadable
  }
}

extension Span<UInt8> {
  /// FNV-1a.
  fileprivate func hash(of place: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in place { hash = (hash ^ UInt64(self[index])) &* 0x0000_0100_0000_01B3 }
    return hash
  }

  /// A short text with its escapes resolved; `nil` when there is none.
  fileprivate func unescaped(_ place: Range<Int>, _ separators: HL7Separators) -> String? {
    guard (1...60).contains(place.count) else { return nil }
    var bytes: [UInt8] = []
    var index = place.lowerBound
    while index < place.upperBound {
      var byte = self[index]
      var length = 1
      if byte == separators.escape, index + 2 < place.upperBound,
        self[index + 2] == separators.escape,
        let meant = separators.character(escapedAs: self[index + 1])
      {
        byte = meant
        length = 3
      }
      bytes.append(byte)
      index += length
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension HL7Separators {
  /// The separator that an escape sequence such as `\T\` stands for.
  fileprivate func character(escapedAs letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "F"): field
    case UInt8(ascii: "S"): component
    case UInt8(ascii: "T"): subcomponent
    case UInt8(ascii: "R"): repetition
    case UInt8(ascii: "E"): escape
    default: nil
    }
  }
}
