import Vitals

/// The header record of an EDF+ file: fields of fixed width, in ASCII.
struct EDFHeader {
  /// 80 characters at most, as is the next.
  let patient: String
  let recording: String
  /// Where the clinic is.
  let startedAt: WallTime
  let isContinuous: Bool
  let records: Int
  let signals: [EDFSignal]

  var bytes: [UInt8] {
    let date = EDFDate(startedAt)
    var text = ""
    func put(_ field: String, _ width: Int) {
      let field = String(field.prefix(width))
      text += field + String(repeating: " ", count: width - field.count)
    }
    put("0", 8)
    put(patient, 80)
    put(recording, 80)
    put(date.short, 8)
    put(date.time, 8)
    put("\(256 * (signals.count + 1))", 8)
    put(isContinuous ? "EDF+C" : "EDF+D", 44)
    put("\(records)", 8)
    put("1", 8)
    put("\(signals.count)", 4)
    for signal in signals { put(signal.label, 16) }
    for signal in signals { put(signal.transducer, 80) }
    for signal in signals { put(signal.dimension, 8) }
    for signal in signals { put(signal.physical.least, 8) }
    for signal in signals { put(signal.physical.greatest, 8) }
    for signal in signals { put("\(signal.digital.lowerBound)", 8) }
    for signal in signals { put("\(signal.digital.upperBound)", 8) }
    for signal in signals { put(signal.prefiltering, 80) }
    for signal in signals { put("\(signal.samplesPerRecord)", 8) }
    for _ in signals { put("", 32) }
    return Array(text.utf8)
  }
}

/// A date and time in the forms of the header.
struct EDFDate {
  private let year, month, day: String
  /// `10.02.11`.
  let time: String

  init(_ wall: WallTime) {
    self.init(iso: wall.description)
  }

  /// A date such as `1984-06-11`, with or without a time.
  init(iso text: String) {
    let parts = text.prefix { $0 != "T" }.split(separator: "-").map(String.init)
    (year, month, day) = parts.count == 3 ? (parts[0], parts[1], parts[2]) : ("", "", "")
    time = String(text.dropFirst(11).prefix(8).map { $0 == ":" ? "." : $0 })
  }

  private static let months = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]

  /// `14-MAR-2026`; `X` for what is no date.
  var long: String {
    guard let month = Int(month), (1...12).contains(month) else { return "X" }
    return "\(day)-\(Self.months[month - 1])-\(year)"
  }

  /// `14.03.26`; two digits of a year can say 1985 to 2084, any other is `yy`.
  var short: String {
    let isSayable = Int(year).map { (1985...2084).contains($0) } == true
    return "\(day).\(month).\(isSayable ? String(year.suffix(2)) : "yy")"
  }
}
