import Vitals

/// Plays an N-560: a line every 2 s, headings every 25 lines, XON and XOFF obeyed.
struct NellcorEncoder: FrameEncoder {
  private static let headings = [
    "N-560    VERSION 1.61.00    CRC:XXXX  SpO2 Limit: 85-100%    PR Limit: 40-170BPM",
    "                             ADULT           25SAT-S ",
    "TIME                 %SpO2   BPM     PA     Status",
  ]
  private static let linesPerPage = 25

  private var isPaused = false

  var framesPerMinute: Int { 30 }

  func isStreaming(at instant: Instant) -> Bool { !isPaused }

  mutating func answer(_ bytes: [UInt8], at instant: Instant) -> [UInt8] {
    for byte in bytes {
      if byte == 0x13 { isPaused = true }
      if byte == 0x11 { isPaused = false }
    }
    return []
  }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    let line = NellcorLine(
      saturation: .init(reading.saturation?.percent),
      pulseRate: .init(reading.pulseRate?.perMinute),
      // The amplitude is in no unit: the index in tenths, as far as three places go.
      amplitude: .init(reading.perfusionIndex.map { $0.hundredths / 10 }),
      status: NellcorStatus.codes(for: reading.status))
    var bytes: [UInt8] = []
    if index % Self.linesPerPage == 0 {
      for heading in Self.headings { bytes += Array((heading + "\r\n").utf8) }
    }
    return bytes + line.encoded(after: index * 2)
  }
}

extension NellcorLine {
  /// The bytes on the wire, so many seconds after the device was switched on.
  public func encoded(after seconds: Int) -> [UInt8] {
    var text = "14-Mar-26 " + SimulatedClock.timeOfDay(after: seconds)
    for (field, end) in [(saturation, 24), (pulseRate, 32), (amplitude, 40)] {
      let number = field.number.map { String($0) } ?? "---"
      text += String(repeating: " ", count: max(0, end - text.utf8.count - number.utf8.count))
      text += number + (field.isBeyondLimit ? "*" : "")
    }
    for (slot, code) in status.enumerated() {
      text += String(repeating: " ", count: max(1, 44 + 5 * slot - text.utf8.count))
      text += code.rawValue
    }
    return Array((text + "\r\n").utf8)
  }
}
