public import Vitals

/// What a Dinamap answers (`protocols.md` 2.2).
public enum DinamapReply: Hashable, Sendable {
  /// The answer to ``DinamapCommand/readPressure``.
  case pressure(DinamapPressure)
  /// The answer to ``DinamapCommand/readPulseRate``; `nil` when it is not valid.
  case pulseRate(PulseRate?)

  /// Reads a line with or without its CR, or `nil` when it says nothing we know.
  public init?(_ line: Span<UInt8>) {
    let end = line.count > 0 && line[line.count - 1] == DinamapLine.end ? 1 : 0
    let text = line.extracting(first: line.count - end)
    guard DinamapLine.accepts(text) else { return nil }
    if text.has(" NA", at: 0), text.count >= DinamapPressure.length {
      self = .pressure(DinamapPressure(text))
    } else if text.has(" RC", at: 0), text.count >= Self.rateLength {
      let isValid = text.decimal(in: 3..<4) == 1
      let rate = text.decimal(in: 4..<7).flatMap(PulseRate.init(perMinute:))
      self = .pulseRate(isValid ? rate : nil)
    } else {
      return nil
    }
  }

  private static let rateLength = 7

  /// Whether a text, without its checksum, has digits or blanks where a reply has numbers.
  ///
  /// A text of another kind, such as a command's echo, is a line that says nothing.
  static func isWellFormed(_ text: Span<UInt8>) -> Bool {
    if text.has(" NA", at: 0), text.count > 3 {
      guard text.count >= DinamapPressure.length, text.decimal(in: 3..<4) != nil else {
        return false
      }
      return DinamapPressure.fields.allSatisfy { isField(text, $0) }
    }
    if text.has(" RC", at: 0), text.count > 3 {
      return text.count >= rateLength && isField(text, 4..<7)
    }
    return true
  }

  private static func isField(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.decimal(in: range) != nil || text.isFilled(with: UInt8(ascii: " "), in: range)
  }

  /// The whole line on the wire.
  public var encoded: [UInt8] {
    switch self {
    case .pressure(let pressure): pressure.encoded
    case .pulseRate(let rate):
      DinamapLine.encode(
        " RC" + (rate == nil ? "0" : "1") + SimulatedClock.padded(rate?.perMinute ?? 0, to: 3))
    }
  }
}

/// The answer to ``DinamapCommand/readPressure``.
///
/// Old pressures stay in it after an error.
public struct DinamapPressure: Hashable, Sendable {
  /// Characters up to the last that we read, the checksum left out.
  static let length = 19
  /// Counter, systolic, diastolic, mean.
  static let fields = [6..<10, 10..<13, 13..<16, 16..<19]
  private static let valid = 1

  /// 1 when the pressures are valid, more than 2 for an error; the codes are not public.
  public var status: Int
  /// Counts up from the last determination; `nil` when blank.
  public var elapsed: Int?
  /// Systolic pressure in mmHg; `nil` when blank.
  public var systolic: Int?
  /// Diastolic pressure in mmHg; `nil` when blank.
  public var diastolic: Int?
  /// Mean pressure in mmHg; `nil` when blank.
  public var mean: Int?

  /// Creates a reply.
  public init(status: Int, elapsed: Int?, systolic: Int?, diastolic: Int?, mean: Int?) {
    self.status = status
    self.elapsed = elapsed
    self.systolic = systolic
    self.diastolic = diastolic
    self.mean = mean
  }

  /// Reads a text of at least ``length`` characters.
  init(_ text: Span<UInt8>) {
    status = text.decimal(in: 3..<4) ?? 0
    elapsed = text.decimal(in: Self.fields[0])
    systolic = text.decimal(in: Self.fields[1])
    diastolic = text.decimal(in: Self.fields[2])
    mean = text.decimal(in: Self.fields[3])
  }

  /// The whole line on the wire.
  public var encoded: [UInt8] {
    let numbers = zip([elapsed, systolic, diastolic, mean], Self.fields).map { number, field in
      number.map { SimulatedClock.padded($0, to: field.count) }
        ?? String(repeating: " ", count: field.count)
    }
    return DinamapLine.encode(" NA\(status)00" + numbers.joined())
  }

  /// Whether the device vouches for the pressures.
  public var isValid: Bool { status == Self.valid }
  /// Whether the last determination failed.
  public var isError: Bool { status > 2 }

  /// The pressures, whatever the status; `nil` when they are none.
  ///
  /// A mean of 0 stands for a device that reports none.
  public var bloodPressure: BloodPressure? {
    guard let systolic, let diastolic else { return nil }
    return BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: mean == 0 ? nil : mean)
  }

  /// What became of the determination that the reply is about; `nil` when that is not decided.
  var outcome: Determination? {
    if isValid { return bloodPressure.map { .result($0) } ?? .failed(.implausible) }
    // A code nobody knows is a fault.
    return isError ? .failed(.hardware) : nil
  }
}
