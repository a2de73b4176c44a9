import Vitals

/// The driver of `nonin-ascii`.
struct NoninAsciiDriver: FramedDriver {
  var line = FramedLine(NoninAsciiConversation())
}

/// A line with numbers, or one with the maker's name: the header behind power on.
enum NoninLineLayout: LineLayout {
  static let end = UInt8(ascii: "\n")
  static let longest = 96

  static func accepts(_ line: Span<UInt8>) -> Bool {
    NoninLine(line) != nil || isHeader(line)
  }

  private static func isHeader(_ line: Span<UInt8>) -> Bool {
    line.indices.contains { line.has("NONIN", at: $0) || line.has("Nonin", at: $0) }
  }
}

/// Reads the lines that a bench unit sends to its printer.
struct NoninAsciiConversation: Conversation {
  typealias Cut = LineFraming<NoninLineLayout>

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    var end = frame.count
    while end > 0, frame[end - 1] < 0x20 { end -= 1 }
    guard let line = NoninLine(frame.extracting(first: end)) else { return }
    emit(instant, .oximetry(line.reading))
  }
}

/// Plays a bench unit: a header, then a line a second.
struct NoninLineEncoder: FrameEncoder {
  var framesPerMinute: Int { 60 }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    var line = NoninLine()
    if reading.status.isDisjoint(with: .withoutNumbers) {
      line.saturation = reading.saturation?.percent
      line.heartRate = reading.pulseRate?.perMinute
    }
    return line.encoded
  }
}
