public import Vitals

/// A raw line of Nellcor's real-time text, sent every 2 s.
///
/// Layout: `protocols.md` 1.6. There is no checksum: every number must stand in its columns, with
/// nothing but blanks around it, so that a letter too many or too few never shifts one.
public struct NellcorLine: Hashable, Sendable {
  /// A number in its column.
  public struct Field: Hashable, Sendable {
    /// `nil` for dashes.
    public var number: Int?
    /// The `*` behind it: it is outside the limits that are set on the device.
    public var isBeyondLimit: Bool

    /// Creates a field.
    public init(_ number: Int?, isBeyondLimit: Bool = false) {
      (self.number, self.isBeyondLimit) = (number, isBeyondLimit)
    }
  }

  /// Percent.
  public var saturation: Field
  /// Beats per minute.
  public var pulseRate: Field
  /// Pulse amplitude, in no unit; not a perfusion index.
  public var amplitude: Field
  /// In the order they stand there.
  public var status: [NellcorStatus]

  private static let clock: StaticString = "##-@@@-## ##:##:##"
  /// Where numbers of three places begin.
  private static let columns: [3 of Int] = [21, 29, 37]
  /// Where status codes may begin.
  private static let firstStatus = 44

  /// Creates a line.
  public init(
    saturation: Field, pulseRate: Field, amplitude: Field, status: [NellcorStatus] = []
  ) {
    self.saturation = saturation
    self.pulseRate = pulseRate
    self.amplitude = amplitude
    self.status = status
  }

  /// Reads a line, its end left out; `nil` when anything in it is not where it must be.
  public init?(_ line: Span<UInt8>) {
    let end = line.endOfText(in: 0..<line.count)
    var next = Self.clock.utf8CodeUnitCount
    guard end > next, line.looksLike(Self.clock, in: 0..<next) else { return nil }
    var fields: [Field] = []
    for index in Self.columns.indices {
      let column = Self.columns[index]
      guard line.isFilled(with: UInt8(ascii: " "), in: next..<column),
        let field = Self.field(line, at: column, end: end)
      else { return nil }
      fields.append(field)
      next = column + (field.isBeyondLimit ? 4 : 3)
    }
    guard let status = Self.status(line, in: next..<end) else { return nil }
    self.init(
      saturation: fields[0], pulseRate: fields[1], amplitude: fields[2], status: status)
  }

  private static func field(_ line: Span<UInt8>, at column: Int, end: Int) -> Field? {
    let places = column..<column + 3
    guard end >= places.upperBound else { return nil }
    let isBeyondLimit = end > places.upperBound && line[places.upperBound] == UInt8(ascii: "*")
    if let number = line.decimal(in: places) {
      return Field(number, isBeyondLimit: isBeyondLimit)
    }
    return line.has("---", at: column) ? Field(nil, isBeyondLimit: isBeyondLimit) : nil
  }

  /// The codes that stand in `range`, with blanks before and between them.
  ///
  /// An unknown one damages the line: it may be a known one that says "do not believe this".
  private static func status(_ line: Span<UInt8>, in range: Range<Int>) -> [NellcorStatus]? {
    var codes: [NellcorStatus] = []
    var next = range.lowerBound
    while next < range.upperBound {
      guard line[next] == UInt8(ascii: " ") else { return nil }
      next += 1
      guard next < range.upperBound, line[next] != UInt8(ascii: " ") else { continue }
      guard next >= firstStatus, next + 1 < range.upperBound,
        let code = NellcorStatus(
          rawValue: String(decoding: [line[next], line[next + 1]], as: UTF8.self))
      else { return nil }
      codes.append(code)
      next += 2
    }
    return codes
  }

  /// What the line says.
  public var reading: OximeterReading {
    let signal = status.reduce(into: SignalStatus()) { $0.formUnion($1.signal) }
    guard signal.isDisjoint(with: .withoutNumbers) else { return OximeterReading(status: signal) }
    return OximeterReading(
      saturation: saturation.number.flatMap { Saturation(percent: $0) },
      pulseRate: pulseRate.number.flatMap { PulseRate(perMinute: $0) }, status: signal)
  }
}
