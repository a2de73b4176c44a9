import Vitals

/// Plays Nonin's formats 2 and 7, frame by frame.
struct NoninPacketEncoder: FrameEncoder {
  let format: NoninFrame.Format
  var framesPerMinute: Int { 4500 }

  /// The reading of this packet; its rate and saturation must not change between its frames.
  private var packet = OximeterReading()
  /// Frames for which the last pulse is still shown.
  private var pulseFrames = 0

  init(_ format: NoninFrame.Format) { self.format = format }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    let number = index % 25 + 1
    if number == 1 { packet = reading }
    pulseFrames = pulse.isBeat ? 12 : max(0, pulseFrames - 1)
    let pleth: UInt16 =
      switch format {
      case .two: UInt16(pulse.level) + 70
      case .seven: UInt16(32_768 - 10_000 + Int(pulse.level) * 200)
      }
    return NoninFrame(
      status: status(of: reading, number: number), pleth: pleth, float: float(number: number)
    ).encoded(as: format)
  }

  private func status(of reading: OximeterReading, number: Int) -> UInt8 {
    typealias Bits = NoninFrame.Bits
    let status = reading.status
    var byte: UInt8 = 0x80
    if number == 1 { byte |= Bits.sync }
    if status.contains(.sensorDisconnected) { byte |= Bits.sensorDisconnected }
    if status.contains(.artifact) { byte |= Bits.artifact }
    if !status.isDisjoint(with: [.sensorOff, .malfunction]) { byte |= Bits.sensorAlarm }
    if !status.isDisjoint(with: [.poorSignal, .searching, .nonPulsatile]) {
      byte |= Bits.outOfTrack
    }
    guard pulseFrames > 0 else { return byte }
    if status.contains(.lowPerfusion) { return byte | Bits.redPulse }
    return byte | (status.contains(.marginalPerfusion) ? Bits.yellowPulse : Bits.greenPulse)
  }

  /// The byte of the packet that travels in frame `number`; the 4-beat, 8-beat and display
  /// averages of a steady patient are all the same.
  private func float(number: Int) -> UInt8 {
    let rate = packet.pulseRate?.perMinute ?? 511
    let saturation = UInt8(packet.saturation?.percent ?? 127)
    switch number {
    case 1, 14, 20, 22: return UInt8(rate >> 7)
    case 2, 15, 21, 23: return UInt8(rate & 0x7F)
    case 3, 9, 10, 11, 16, 17: return saturation
    case 4: return 48
    case 8:
      return (packet.status.contains(.highQuality) ? NoninFrame.Stat2.smartPoint : 0)
        | (packet.status.contains(.lowBattery) ? NoninFrame.Stat2.lowBattery : 0)
    default: return 0
    }
  }
}
