import Vitals

/// Plays the serial output of a Rad-8.
struct MasimoEncoder: FrameEncoder {
  private static let serial = "0000000001"

  var framesPerMinute: Int { 60 }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    let bits = MasimoException.bits(for: reading.status)
    var line = MasimoLine()
    line.serial = Self.serial
    line.saturation = reading.saturation?.percent
    line.pulseRate = reading.pulseRate?.perMinute
    line.perfusionIndex = reading.perfusionIndex?.hundredths
    (line.exceptions, line.alarm) = bits
    return line.encoded(after: index)
  }
}

extension MasimoLine {
  /// The bytes on the wire, as a Rad-8 puts them, so many seconds after it was switched on.
  public func encoded(after seconds: Int) -> [UInt8] {
    let digits = SimulatedClock.padded
    let index = perfusionIndex.map { digits($0 / 100, 2, 10) + "." + digits($0 % 100, 2, 10) }
    let fields = [
      "03/14/26", SimulatedClock.timeOfDay(after: seconds),
      "SN=" + (serial ?? "----------"),
      "SPO2=" + (saturation.map { digits($0, 3, 10) } ?? "---") + "%",
      "BPM=" + (pulseRate.map { digits($0, 3, 10) } ?? "---"),
      "PI=" + (index ?? "--.--") + "%",
      "SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+--",
      "ALARM=" + digits(Int(alarm), 4, 16), "EXC=" + digits(Int(exceptions), 6, 16),
    ]
    return Array((fields.joined(separator: " ") + "\r\n").utf8)
  }
}
