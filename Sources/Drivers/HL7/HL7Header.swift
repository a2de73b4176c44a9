import Vitals

/// What the segment MSH says: how the message is cut, what it is, and which answer it wants.
struct HL7Header {
  enum Kind {
    /// ORU^R01: numbers.
    case observations
    /// ORU^R40 and ORU^W01, alarms and waveforms: welcome, and of no use to a driver.
    case unused
    /// An answer to somebody's message; answering it would never end.
    case answer
    case foreign
  }

  /// When an answer is wanted, MSH-15 and MSH-16.
  enum Wish {
    case always, never, onError, onSuccess

    func isGranted(isGood: Bool) -> Bool {
      switch self {
      case .always: true
      case .never: false
      case .onError: !isGood
      case .onSuccess: isGood
      }
    }
  }

  private static var longestControlID: Int { 199 }

  let separators: HL7Separators
  let kind: Kind
  /// MSH-3 and MSH-4.
  let sender: (application: Range<Int>, facility: Range<Int>)
  /// MSH-5 and MSH-6.
  let receiver: (application: Range<Int>, facility: Range<Int>)
  /// MSH-7 as it stands.
  let timePlace: Range<Int>
  let time: HL7Time?
  /// MSH-9.
  let type: Range<Int>
  /// MSH-10.
  let controlID: Range<Int>
  /// MSH-11: P for production, T and D for training and debugging.
  let processing: Range<Int>
  let isProduction: Bool
  /// MSH-12.
  let version: Range<Int>
  /// MSH-15; `nil` in the original mode, where both wishes are absent.
  let acceptWish: Wish?
  /// MSH-16.
  let applicationWish: Wish?

  /// Reads the first segment, or `nil` when it is not a header with all that an answer needs.
  init?(_ text: Span<UInt8>) {
    guard let separators = HL7Separators(text) else { return nil }
    var segments = HL7Segments()
    guard let line = segments.next(in: text), line.lowerBound == 0 else { return nil }
    let segment = HL7Segment(text, line, separators)
    // MSH-1 is the separator itself, so every field stands one place further on.
    func field(_ number: Int) -> Range<Int> { segment[number - 1] }
    self.separators = separators
    sender = (field(3), field(4))
    receiver = (field(5), field(6))
    timePlace = field(7)
    time = HL7Time(text, field(7))
    type = field(9)
    controlID = field(10)
    processing = field(11)
    version = field(12)
    let mode = text.part(1, of: processing, by: separators.component)
    isProduction = text.reads("P", in: mode)
    guard !segment.isOverlong, !type.isEmpty, timePlace.isEmpty || time != nil,
      (1...Self.longestControlID).contains(controlID.count), version.count <= 60,
      text.has("2.", at: version.lowerBound), processing.count <= 8,
      isProduction || text.reads("T", in: mode) || text.reads("D", in: mode)
    else { return nil }
    kind = Self.kind(text, type, separators)
    let wishes = (field(15), field(16))
    let isEnhanced = !wishes.0.isEmpty || !wishes.1.isEmpty
    acceptWish = isEnhanced ? Self.wish(text, wishes.0) : nil
    applicationWish = isEnhanced ? Self.wish(text, wishes.1) : nil
  }

  private static func kind(
    _ text: Span<UInt8>, _ type: Range<Int>, _ separators: HL7Separators
  ) -> Kind {
    let message = text.part(1, of: type, by: separators.component)
    let event = text.part(2, of: type, by: separators.component)
    if text.reads("ORU", in: message) {
      if text.reads("R01", in: event) { return .observations }
      return text.reads("R40", in: event) || text.reads("W01", in: event) ? .unused : .foreign
    }
    let isAnswer =
      text.reads("ACK", in: message) || text.reads("MCF", in: message)
      || text.reads("ORA", in: message)
    return isAnswer ? .answer : .foreign
  }

  /// An absent wish beside a present one is "never".
  private static func wish(_ text: Span<UInt8>, _ place: Range<Int>) -> Wish {
    if place.isEmpty || text.reads("NE", in: place) { return .never }
    if text.reads("ER", in: place) { return .onError }
    return text.reads("SU", in: place) ? .onSuccess : .always
  }
}
