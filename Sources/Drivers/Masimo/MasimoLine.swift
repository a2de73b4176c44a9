public import Vitals

/// A raw line of Masimo's serial output ASCII 1, sent once a second.
///
/// Layout: `protocols.md` 1.5. There is no checksum; the form of every value stands in for one.
public struct MasimoLine: Hashable, Sendable {
  /// `SN`, ten digits; `nil` when the device has none to tell.
  public var serial: String?
  /// `SPO2` in percent; `nil` for dashes.
  public var saturation: Int?
  /// `BPM`, the pulse rate per minute; `nil` for dashes.
  public var pulseRate: Int?
  /// `PI` in hundredths of a percent; `nil` for dashes, or where the model sends none.
  public var perfusionIndex: Int?
  /// `ALARM`: the device's own limits, and its battery.
  public var alarm: UInt32 = 0
  /// `EXC`: what is wrong with sensor, cable and signal.
  public var exceptions: UInt32 = 0

  /// Widths in hexadecimal digits of `ALARM` and `EXC`, which go together by model.
  ///
  /// Otherwise a lost digit would make 100 of 1000, or 0 of 1: a good signal of a bad one.
  private static let widths: [(alarm: Int, exceptions: Int)] = [(2, 3), (4, 6), (6, 7)]
  private static let clock: StaticString = "##/##/## ##:##:##"

  /// Creates a line without values.
  public init() {}

  /// Reads a line, its end left out; `nil` when anything in it has not the form it must have.
  public init?(_ line: Span<UInt8>) {
    let end = line.endOfText(in: 0..<line.count)
    var next = Self.clock.utf8CodeUnitCount
    guard end > next, line.looksLike(Self.clock, in: 0..<next) else { return nil }
    var seen: UInt32 = 0
    var width = (alarm: 0, exceptions: 0)
    while next < end {
      guard line[next] == UInt8(ascii: " "),
        let equals = line.first("=", in: next + 1..<end)
      else { return nil }
      let name = next + 1..<equals
      let value = equals + 1..<(line.first(" ", in: equals + 1..<end) ?? end)
      next = value.upperBound
      guard let key = MasimoKey(line, in: name) else {
        guard MasimoKey.toleratesUnknown(line, key: name, value: value) else { return nil }
        continue
      }
      guard key.takes(line, in: value), seen & key.bit == 0 else { return nil }
      seen |= key.bit
      if key == .alarm { width.alarm = value.count }
      if key == .exceptions { width.exceptions = value.count }
      take(key, line, value)
    }
    guard seen & MasimoKey.required == MasimoKey.required,
      Self.widths.contains(where: { $0 == width })
    else { return nil }
  }

  private mutating func take(_ key: MasimoKey, _ line: Span<UInt8>, _ value: Range<Int>) {
    let start = value.lowerBound
    switch key {
    case .serial:
      guard line[start] != UInt8(ascii: "-") else { break }
      serial = String(decoding: value.map { line[$0] }, as: UTF8.self)
    case .saturation: saturation = line.decimal(in: start..<start + 3)
    case .pulseRate: pulseRate = line.decimal(in: value)
    case .perfusionIndex:
      guard let whole = line.decimal(in: start..<start + 2),
        let hundredths = line.decimal(in: start + 3..<start + 5)
      else { break }
      perfusionIndex = whole * 100 + hundredths
    case .alarm: alarm = UInt32(line.hexadecimal(in: value) ?? 0)
    case .exceptions: exceptions = UInt32(line.hexadecimal(in: value) ?? 0)
    default: break
    }
  }

  /// What the line says.
  public var reading: OximeterReading {
    let status = MasimoException.status(exceptions: exceptions, alarm: alarm)
    guard status.isDisjoint(with: .withoutNumbers) else { return OximeterReading(status: status) }
    return OximeterReading(
      saturation: saturation.flatMap { Saturation(percent: $0) },
      pulseRate: pulseRate.flatMap { PulseRate(perMinute: $0) },
      perfusionIndex: perfusionIndex.flatMap { PerfusionIndex(hundredths: $0) }, status: status)
  }
}

extension Span<UInt8> {
  /// Where `character` stands first in `range`.
  fileprivate func first(_ character: Unicode.Scalar, in range: Range<Int>) -> Int? {
    range.first { self[$0] == UInt8(ascii: character) }
  }
}
