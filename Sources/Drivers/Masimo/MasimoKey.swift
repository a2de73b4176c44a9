import Vitals

/// The keys of Masimo's ASCII 1 whose values have a known form.
///
/// Layout: `protocols.md` 1.5. Which of them are there differs by model and firmware.
enum MasimoKey: Int, CaseIterable {
  case serial, saturation, pulseRate, perfusionIndex
  case carboxyhaemoglobin, methaemoglobin, haemoglobin, oxygenContent, reserved
  case desaturationIndex, perfusionDelta, plethVariability
  case alarm, exceptions, moreExceptions

  /// A line without one of these says too little to be believed; as ``bit``s.
  static let required: UInt32 = [saturation, pulseRate, alarm, exceptions].reduce(0) { $0 | $1.bit }

  /// Name and pictures of the value (see `looksLike`), in the order of the cases.
  private static let table: [(name: StaticString, pictures: [StaticString])] = [
    ("SN", ["##########", "----------"]),
    ("SPO2", ["###%", "---%"]),
    ("BPM", ["###", "---"]),
    ("PI", ["##.##%", "--.--%", "##.##", "--.--"]),
    ("SPCO", ["##.#%", "--.-%", "##%", "--%"]),
    ("SPMET", ["##.#%", "--.-%", "##%", "--%"]),
    ("SPHB", ["##.#", "--.-", "##.#%", "--.-%"]),
    ("SPOC", ["##", "--", "##.#", "--.-"]),
    ("RESVD", ["###", "---"]),
    ("DESAT", ["##", "--"]),
    ("PIDELTA", ["+##", "-##", "+--"]),
    ("PVI", ["###", "---"]),
    ("ALARM", ["xx", "xxxx", "xxxxxx"]),
    ("EXC", ["xxx", "xxxxxx", "xxxxxxx"]),
    ("EXC1", ["xxxxxxxx"]),
  ]

  /// This key in a set of keys.
  var bit: UInt32 { 1 << UInt32(rawValue) }

  private var row: (name: StaticString, pictures: [StaticString]) { Self.table[rawValue] }

  /// The key that stands in `range`, or `nil`.
  init?(_ line: Span<UInt8>, in range: Range<Int>) {
    let found = Self.allCases.first {
      $0.row.name.utf8CodeUnitCount == range.count && line.has($0.row.name, at: range.lowerBound)
    }
    guard let found else { return nil }
    self = found
  }

  /// Whether what stands in `range` can be a value of this key.
  func takes(_ line: Span<UInt8>, in range: Range<Int>) -> Bool {
    row.pictures.contains { line.looksLike($0, in: range) }
  }

  /// Whether a key and a value that nobody has written down can be a future model's.
  ///
  /// A key with one letter more or less than a known one is that one, damaged.
  static func toleratesUnknown(
    _ line: Span<UInt8>, key: Range<Int>, value: Range<Int>
  ) -> Bool {
    guard (2...8).contains(key.count), (1...12).contains(value.count) else { return false }
    for index in key {
      let isDigit = (0x30...0x39).contains(line[index]) && index > key.lowerBound
      guard isDigit || (0x41...0x5A).contains(line[index]) else { return false }
    }
    for index in value {
      switch line[index] {
      case 0x30...0x39, 0x41...0x5A, UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "%"):
        break
      default: return false
      }
    }
    return !allCases.contains { isOneLetterOff($0.row.name, line, key) }
  }

  /// Whether the shorter of the two is the longer one without one of its letters.
  private static func isOneLetterOff(
    _ name: StaticString, _ line: Span<UInt8>, _ key: Range<Int>
  ) -> Bool {
    let length = name.utf8CodeUnitCount
    guard abs(length - key.count) == 1 else { return false }
    return name.withUTF8Buffer { letters in
      var (here, there, skipped) = (0, 0, 0)
      while here < length, there < key.count {
        if unsafe letters[here] == line[key.lowerBound + there] {
          (here, there) = (here + 1, there + 1)
        } else {
          skipped += 1
          if length > key.count { here += 1 } else { there += 1 }
        }
      }
      return skipped <= 1
    }
  }
}
