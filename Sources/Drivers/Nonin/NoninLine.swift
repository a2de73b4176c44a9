public import Vitals

/// A line of Nonin's bench units, sent once a second: `SPO2=XXX HR=YYY` (`protocols.md` 1.4).
public struct NoninLine: Hashable, Sendable {
  /// `HH:MM:SS` as the device shows it, in front of the numbers; `nil` from most.
  public var clock: String?
  /// Percent; `nil` where the line has `---`.
  public var saturation: Int?
  /// Beats per minute; `nil` where the line has `---`.
  public var heartRate: Int?
  /// `F`: averaged over fewer beats.
  public var isFast = false
  /// `*`: somebody pressed the event button.
  public var isEvent = false
  /// `B`: a breath, from the capnograph of a 9847.
  public var isBreath = false

  /// Creates a line without values.
  public init() {}

  /// `HH:MM:SS` and a blank.
  private static let clockBytes = 9
  /// `SPO2=XXX HR=YYY`.
  private static let numberBytes = 15
  private static let saturations = 0...100
  /// What these devices can measure, and more.
  private static let heartRates = 0...350

  /// Reads a line without its end, or `nil` where it is not exactly of this form.
  public init?(_ line: Span<UInt8>) {
    var start = 0
    if line.count >= Self.clockBytes, line[2] == UInt8(ascii: ":") {
      guard let clock = Self.clock(line) else { return nil }
      self.clock = clock
      start = Self.clockBytes
    }
    let end = start + Self.numberBytes
    guard line.has("SPO2=", at: start), line.has(" HR=", at: start + 8), line.count >= end,
      let saturation = Self.number(line, at: start + 5, in: Self.saturations),
      let heartRate = Self.number(line, at: start + 12, in: Self.heartRates)
    else { return nil }
    self.saturation = saturation
    self.heartRate = heartRate
    for index in end..<line.count {
      switch line[index] {
      case UInt8(ascii: " "): break
      case UInt8(ascii: "F") where !isFast: isFast = true
      case UInt8(ascii: "*") where !isEvent: isEvent = true
      case UInt8(ascii: "B") where !isBreath: isBreath = true
      default: return nil
      }
    }
  }

  private static func clock(_ line: Span<UInt8>) -> String? {
    let colon = UInt8(ascii: ":")
    guard let hour = line.decimal(in: 0..<2), let minute = line.decimal(in: 3..<5),
      let second = line.decimal(in: 6..<8), hour < 24, minute < 60, second < 60,
      line[5] == colon, line[8] == UInt8(ascii: " ")
    else { return nil }
    return [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// Three characters: a number, or `nil` for dashes; neither is no field.
  private static func number(
    _ line: Span<UInt8>, at start: Int, in range: ClosedRange<Int>
  ) -> Int?? {
    let field = start..<start + 3
    if line.isFilled(with: UInt8(ascii: "-"), in: field) { return .some(nil) }
    guard let value = line.decimal(in: field), range.contains(value) else { return nil }
    return value
  }

  /// The line as it goes to the wire, with its end.
  public var encoded: [UInt8] {
    var text = clock.map { $0 + " " } ?? ""
    text += "SPO2=\(Self.field(saturation)) HR=\(Self.field(heartRate))"
    text += (isFast ? " F" : "") + (isEvent ? "*" : "") + (isBreath ? "B" : "")
    return Array((text + "\r\n").utf8)
  }

  private static func field(_ number: Int?) -> String {
    guard let number else { return "---" }
    let digits = String(number)
    return String(repeating: " ", count: max(0, 3 - digits.count)) + digits
  }

  /// Every mark a line can carry.
  static let reports: SignalStatus = .sensorOff

  /// What the line says.
  public var reading: OximeterReading {
    OximeterReading(
      saturation: saturation.flatMap(Saturation.init(percent:)),
      pulseRate: heartRate.flatMap(PulseRate.init(perMinute:)),
      status: saturation == nil && heartRate == nil ? .sensorOff : [])
  }
}
