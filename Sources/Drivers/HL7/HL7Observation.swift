import Vitals

/// What one segment OBX amounts to.
///
/// A number counts only when all its fields agree: type NM, a code and a name that belong
/// together, that measurement's unit, and a status that vouches for it. There is no checksum.
enum HL7Observation {
  /// Not a measurement of ours.
  case other
  /// One of ours without a value: empty, a sentinel, or a status that says so.
  case missing(Codes)
  case number(Codes, Value)
  /// One of ours, or of nobody's, that breaks the rules.
  case unreadable(Codes?)

  struct Value {
    /// In hundredths of the unit.
    let hundredths: Int
    let trust: Trust
    /// OBX-14, when the sender observed it.
    let time: HL7Time?
  }

  enum Trust { case full, questionable, demonstration }

  /// What OBX-11 says: whether there is a result.
  private static let standing: Set<UInt8> = [
    UInt8(ascii: "F"), UInt8(ascii: "R"), UInt8(ascii: "P"),
  ]
  /// Table 0085 of HL7: deleted, wrong, cannot be obtained, pending, corrected and others.
  private static let withheld = Set("ABCDINOSUVWX".utf8)

  /// OBX-8 of a number that is none (IHE PCD): no information, not available, off, invalid,
  /// calibrating, beyond the scale.
  private static let voids: [StaticString] = ["NI", "NAV", "OFF", "INV", "CAL", ">", "<"]

  init(_ text: Span<UInt8>, _ segment: HL7Segment, _ separators: HL7Separators) {
    let match = HL7Codes.match(text, segment[3], separators)
    guard case .one(let measurement) = match else {
      self = match == .none ? .other : .unreadable(nil)
      return
    }
    let value = segment[5]
    let isSound =
      !segment.isOverlong && (segment[1].isEmpty || text.unsigned(in: segment[1]) != nil)
      && Self.agrees(text, subID: segment[4], code: segment[3], separators)
    guard isSound, segment[11].count <= 1 else {
      self = .unreadable(measurement)
      return
    }
    guard let status = segment[11].first.map({ text[$0] }), !value.isEmpty,
      !text.reads("\"\"", in: value), !Self.withheld.contains(status)
    else {
      self = .missing(measurement)
      return
    }
    guard Self.standing.contains(status), text.reads("NM", in: segment[2]),
      HL7Unit(text, segment[6], separators)?.fits(measurement) == true,
      let number = text.hundredths(in: value)
    else {
      self = .unreadable(measurement)
      return
    }
    let time = HL7Time(text, segment[14])
    guard segment[14].isEmpty || time != nil else {
      self = .unreadable(measurement)
      return
    }
    guard let trust = Self.trust(text, flags: segment[8], separators), number > 0 else {
      // -999 and its like are "no value".
      self = .missing(measurement)
      return
    }
    self = .number(measurement, Value(hundredths: number, trust: trust, time: time))
  }

  /// What OBX-8 says; `nil` where it takes the number back.
  private static func trust(
    _ text: Span<UInt8>, flags: Range<Int>, _ separators: HL7Separators
  ) -> Trust? {
    var trust = Trust.full
    var number = 1
    while true {
      let flag = text.part(number, of: flags, by: separators.repetition)
      if flag.isEmpty { return trust }
      if voids.contains(where: { text.reads($0, in: flag) }) { return nil }
      if text.reads("DEMO", in: flag) || text.reads("TEST", in: flag) { trust = .demonstration }
      if text.reads("QUES", in: flag), trust == .full { trust = .questionable }
      number += 1
    }
  }

  /// Whether OBX-4 goes with OBX-3: several senders repeat the code there, as in `1.3.1.150456`.
  private static func agrees(
    _ text: Span<UInt8>, subID: Range<Int>, code: Range<Int>, _ separators: HL7Separators
  ) -> Bool {
    var start = subID.lowerBound
    for index in subID where text[index] == UInt8(ascii: ".") { start = index + 1 }
    let last = start..<subID.upperBound
    guard last.count >= 5, let number = text.unsigned(in: last) else { return true }
    return text.unsigned(in: text.part(1, of: code, by: separators.component)) == number
  }
}

extension Span<UInt8> {
  /// A number of type NM in hundredths: a sign, digits, a point with digits behind it.
  func hundredths(in place: Range<Int>) -> Int? {
    var rest = place
    var sign = 1
    if let first = place.first, self[first] == UInt8(ascii: "-") || self[first] == UInt8(ascii: "+")
    {
      if self[first] == UInt8(ascii: "-") { sign = -1 }
      rest = first + 1..<place.upperBound
    }
    let whole = part(1, of: rest, by: UInt8(ascii: "."))
    guard whole.count <= 6, let units = unsigned(in: whole) else { return nil }
    guard whole.upperBound < rest.upperBound else { return sign * units * 100 }
    let fraction = whole.upperBound + 1..<rest.upperBound
    guard fraction.count <= 6, unsigned(in: fraction) != nil,
      let tenths = unsigned(in: fraction.lowerBound..<fraction.lowerBound + 1)
    else { return nil }
    let hundredths =
      fraction.count > 1 ? unsigned(in: fraction.lowerBound + 1..<fraction.lowerBound + 2) ?? 0 : 0
    return sign * (units * 100 + tenths * 10 + hundredths)
  }
}
