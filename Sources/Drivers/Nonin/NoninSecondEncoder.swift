import Vitals

/// Plays Nonin's formats 1 and 8.
struct NoninSecondEncoder: FrameEncoder {
  let hasExtra: Bool
  var framesPerMinute: Int { 60 }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    let status = reading.status
    var second = NoninSecond()
    second.isSensorDisconnected = status.contains(.sensorDisconnected)
    second.isOutOfTrack = !status.isDisjoint(with: [.poorSignal, .searching, .nonPulsatile])
    second.isLowPerfusion = status.contains(.lowPerfusion)
    second.isMarginalPerfusion = status.contains(.marginalPerfusion)
    second.isArtifact = status.contains(.artifact)
    if let rate = reading.pulseRate { second.heartRate = UInt16(rate.perMinute) }
    if let saturation = reading.saturation { second.saturation = UInt8(saturation.percent) }
    let isOff = !status.isDisjoint(with: [.sensorOff, .malfunction])
    if hasExtra {
      var extra = NoninSecond.Extra()
      extra.isSmartPoint = status.contains(.highQuality)
      extra.isSensorAlarm = isOff
      extra.isLowBattery = status.contains(.lowBattery)
      second.extra = extra
    } else if isOff {
      second.isOutOfTrack = true
    }
    return second.encoded
  }
}
