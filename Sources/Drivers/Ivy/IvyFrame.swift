public import Vitals

/// What the text of one Ansar-B frame says about oxygen and blood pressure, sent once a second.
///
/// Layout: `protocols.md` 3.3. The heart rate in it is the ECG's, not the pulse rate.
public struct IvyFrame: Hashable, Sendable {
  /// Percent; `nil` when there is none to be believed.
  public var saturation: Int?
  /// The oximeter's, per minute.
  public var pulseRate: Int?
  /// What the words beside the saturation say.
  public var status: SignalStatus = []
  /// The last blood pressure the monitor has measured, however long ago.
  public var pressure: Pressure?

  /// A blood pressure as it stands on the monitor's screen.
  public struct Pressure: Hashable, Sendable {
    /// mmHg.
    public var systolic: Int
    /// mmHg.
    public var diastolic: Int
    /// mmHg.
    public var mean: Int?
    /// Beats per minute.
    public var pulseRate: Int?

    /// Creates a pressure.
    public init(systolic: Int, diastolic: Int, mean: Int? = nil, pulseRate: Int? = nil) {
      (self.systolic, self.diastolic) = (systolic, diastolic)
      (self.mean, self.pulseRate) = (mean, pulseRate)
    }
  }

  /// What the monitor's words mean, as far as they can be guessed: no list of them is public.
  private static let words: [(word: StaticString, status: SignalStatus)] = [
    ("SENSOR", .sensorOff), ("PROBE", .sensorOff), ("SEARCH", .searching),
    ("MOTION", .artifact), ("ARTIFACT", .artifact),
  ]

  /// Every mark a frame can carry.
  static let reports = words.reduce(into: SignalStatus()) { $0.formUnion($1.status) }

  /// A saturation that can be told from another one with a digit lost: 10 may have been 100.
  private static let credible = 11...100

  /// Creates a frame without values.
  public init() {}

  /// Reads a whole frame; `nil` when its text has not the form it must have.
  public init?(_ frame: Span<UInt8>) {
    guard frame.count > IvyLayout.waves.upperBound, frame[0] == IvyLayout.start,
      frame.has(IvyLayout.header, at: 1), frame[frame.count - 1] == IvyLayout.end
    else { return nil }
    let text = IvyLayout.waves.upperBound..<frame.count - 1
    var (hasSaturation, hasPressure) = (false, false)
    var start = text.lowerBound
    for index in text where frame[index] == UInt8(ascii: "\r") {
      guard let line = IvyLine(frame, in: start..<index) else { return nil }
      start = index + 1
      if line.isNamed("SPO2", frame) {
        guard !hasSaturation, takeSaturation(line, frame) else { return nil }
        hasSaturation = true
      } else if line.isNamed("NIBP", frame) {
        guard !hasPressure, takePressure(line, frame) else { return nil }
        hasPressure = true
      }
    }
    guard start == text.upperBound, hasSaturation, hasPressure else { return nil }
  }

  private mutating func takeSaturation(_ line: IvyLine, _ text: Span<UInt8>) -> Bool {
    guard line.valueCount == 1 else { return false }
    for entry in Self.words {
      let isSaid = [line.label, line.alarm].contains { field in
        field.contains { text.has(entry.word, at: $0) }
      }
      if isSaid { status.formUnion(entry.status) }
    }
    guard case .number(let percent) = IvyLine.value(text, in: line.fields[0]),
      Self.credible.contains(percent)
    else { return true }
    switch Self.rate(text, in: line.label) {
    case .missing: saturation = percent
    case .number(let rate) where PulseRate(perMinute: rate) != nil:
      (saturation, pulseRate) = (percent, rate)
    case .number, .other: break
    }
    return true
  }

  /// The pulse rate in a label such as `PR=80 `.
  ///
  /// Two digits and a blank, or three and perhaps a blank: any other width is a damaged one.
  private static func rate(_ text: Span<UInt8>, in label: Range<Int>) -> IvyLine.Value {
    let isPadded = label.count == 7 && text[label.upperBound - 1] == UInt8(ascii: " ")
    guard label.count == 6 || isPadded, text.has("PR=", at: label.lowerBound) else {
      return .other
    }
    return IvyLine.value(text, in: label.lowerBound + 3..<label.upperBound)
  }

  private mutating func takePressure(_ line: IvyLine, _ text: Span<UInt8>) -> Bool {
    guard line.valueCount == 4 else { return false }
    let values = line.fields.prefix(4).map { IvyLine.value(text, in: $0) }
    guard case .number(let systolic) = values[0], case .number(let diastolic) = values[1],
      !values.contains(.other)
    else { return !values.contains(.other) }
    var pressure = Pressure(systolic: systolic, diastolic: diastolic)
    if case .number(let mean) = values[2] { pressure.mean = mean }
    if case .number(let rate) = values[3] { pressure.pulseRate = rate }
    self.pressure = pressure
    return true
  }

  /// What the frame says about oxygen.
  public var reading: OximeterReading {
    guard status.isDisjoint(with: .withoutNumbers) else { return OximeterReading(status: status) }
    return OximeterReading(
      saturation: saturation.flatMap { Saturation(percent: $0) },
      pulseRate: pulseRate.flatMap { PulseRate(perMinute: $0) }, status: status)
  }
}
