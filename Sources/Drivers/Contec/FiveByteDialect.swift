public import Vitals

/// What the four flags of a ``FiveByteFrame`` mean; the only difference between the two protocols.
public struct FiveByteDialect: Hashable, Sendable {
  /// Byte 1, b5.
  public let firstFlag5: SignalStatus
  /// Byte 1, b4.
  public let firstFlag4: SignalStatus
  /// Byte 3, b5.
  public let thirdFlag5: SignalStatus
  /// Byte 3, b4.
  public let thirdFlag4: SignalStatus

  /// Contec CMS50: "SpO2 dropping", "finger out", "searching", "probe error".
  ///
  /// Sources disagree on the names of the second and the last; all say: no finger to measure.
  public static let contec = FiveByteDialect(
    firstFlag5: .desaturating, firstFlag4: .sensorOff, thirdFlag5: .searching,
    thirdFlag4: .sensorOff)
  /// BCI, Berry: "probe unplugged", "no signal", "pulse search", "no finger".
  public static let bci = FiveByteDialect(
    firstFlag5: .sensorDisconnected, firstFlag4: .nonPulsatile, thirdFlag5: .searching,
    thirdFlag4: .sensorOff)

  /// Every mark a frame of this dialect can carry.
  public var reports: SignalStatus {
    firstFlag5.union(firstFlag4).union(thirdFlag5).union(thirdFlag4).union(.beat)
  }

  /// What a frame says in this dialect.
  public func reading(of frame: FiveByteFrame) -> OximeterReading {
    var status: SignalStatus = frame.isBeat ? .beat : []
    if frame.firstFlag5 { status.formUnion(firstFlag5) }
    if frame.firstFlag4 { status.formUnion(firstFlag4) }
    if frame.thirdFlag5 { status.formUnion(thirdFlag5) }
    if frame.thirdFlag4 { status.formUnion(thirdFlag4) }
    var reading = OximeterReading(pleth: UInt16(frame.pleth), status: status)
    // A sample with either number missing is no sample (`protocols.md` 1.1).
    guard status.isDisjoint(with: .withoutNumbers),
      frame.pulseRate != 0, frame.pulseRate != 255,
      let saturation = Saturation(percent: Int(frame.saturation))
    else { return reading }
    reading.saturation = saturation
    reading.pulseRate = PulseRate(perMinute: Int(frame.pulseRate))
    return reading
  }

  /// The frame that says it, as far as this dialect can.
  func frame(for reading: OximeterReading, pulse: PulseWave.Sample) -> FiveByteFrame {
    var status = reading.status
    if !status.isDisjoint(with: .offPatient), status.isDisjoint(with: reports) {
      status.insert(.sensorOff)
    }
    let hasNumbers = reading.saturation != nil && reading.pulseRate != nil
    let saturation = hasNumbers ? reading.saturation.map { UInt8($0.percent) } : nil
    let rate = hasNumbers ? reading.pulseRate.flatMap { UInt8(exactly: $0.perMinute) } : nil
    var frame = FiveByteFrame(
      signal: hasNumbers ? 6 : 0, pleth: pulse.level, bar: hasNumbers ? pulse.level / 7 : 0,
      pulseRate: rate ?? 255, saturation: saturation ?? 127)
    frame.isBeat = pulse.isBeat
    frame.firstFlag5 = !status.isDisjoint(with: firstFlag5)
    frame.firstFlag4 = !status.isDisjoint(with: firstFlag4)
    frame.thirdFlag5 = !status.isDisjoint(with: thirdFlag5)
    frame.thirdFlag4 = !status.isDisjoint(with: thirdFlag4)
    return frame
  }
}
