import Vitals

/// The driver of `nonin-2`.
struct Nonin2Driver: FramedDriver {
  var line = FramedLine(NoninPacketConversation<Nonin2Layout>())
}

/// The driver of `nonin-7`.
struct Nonin7Driver: FramedDriver {
  var line = FramedLine(NoninPacketConversation<Nonin7Layout>())
}

/// Reads Nonin's formats 2 and 7: a waveform sample a frame, and numbers three times a second.
///
/// Heart rate and saturation are the plain averages of frames 1 to 3, which go missing as soon as
/// the finger leaves, and never the display values, which freeze for 10 s.
struct NoninPacketConversation<Layout: NoninLayout>: NoninConversation {
  typealias Format = Layout

  /// Frames without damage before a SYNC is believed.
  ///
  /// Damage can make up a frame with that bit set, but not so long after itself. And the bound is
  /// low enough that damage within the first frames of a packet costs its numbers and no others.
  private static var trustworthyRun: Int { 20 }

  /// Frames come every 13 ms, bridge chips hold them back for 16; after a pause of this length
  /// whole frames may be missing.
  private static var longestPause: Duration { .milliseconds(200) }

  /// Number of the last frame in its packet, 1...25; 0 when unknown.
  private var position = 0
  /// Frames since the last damage; a stream is taken to begin well.
  private var run = Self.trustworthyRun
  private var last: (frame: NoninFrame, at: Instant)?
  private var rateHigh: UInt8 = 0
  private var rateLow: UInt8 = 0
  private var saturation: UInt8 = 0
  /// What frame 4 says, the firmware's revision; learned from the first whole packet.
  ///
  /// The mark by which the three in front of it are known to be 1 to 3, and none missing.
  private var revision: UInt8?
  private var possibleRevision: UInt8 = 0
  /// From STAT2, to be told with the next numbers.
  private var remembered: SignalStatus = []
  /// The grade of the last pulse, which the device shows for 12 frames only.
  private var perfusion: SignalStatus = []
  private var wasPulse = false
  private var lastStatus: SignalStatus = []
  var selection = NoninSelection(format: Layout.format)

  mutating func losePlace() {
    position = 0
    run = 0
  }

  mutating func readFrame(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    let frame = Layout.frame(frame)
    if isOutOfStep(frame, at: instant) { position = 0 }
    last = (frame, instant)
    step(to: frame, isInDoubt: isInDoubt)
    let status = status(of: frame)
    // Trouble must not wait for the next numbers, up to a third of a second away; but damage must
    // not make it up either.
    let isNewTrouble =
      run > 2 && !status.intersection(.unusable).isSubset(of: lastStatus)
    if run > 2 { lastStatus = status }
    var reading = OximeterReading(
      pleth: frame.pleth, status: status, carriesNumerics: isNewTrouble)
    switch position {
    case 1: rateHigh = frame.float
    case 2: rateLow = frame.float
    case 3:
      saturation = frame.float
      if revision == nil { addNumbers(to: &reading) }
    case 4:
      possibleRevision = frame.float
      if revision == frame.float { addNumbers(to: &reading) }
    case 8:
      remembered = []
      if frame.float & NoninFrame.Stat2.smartPoint != 0 { remembered.insert(.highQuality) }
      if frame.float & NoninFrame.Stat2.lowBattery != 0 { remembered.insert(.lowBattery) }
    default: break
    }
    emit(instant, .oximetry(reading))
  }

  private func addNumbers(to reading: inout OximeterReading) {
    reading.carriesNumerics = true
    reading.status.formUnion(remembered)
    guard reading.status.isDisjoint(with: .withoutNumbers) else { return }
    // 511 and 127, "no value", are neither a rate nor a saturation.
    reading.pulseRate = PulseRate(perMinute: Int(rateHigh & 3) << 7 | Int(rateLow))
    reading.saturation = Saturation(percent: Int(saturation))
  }

  /// Whether counting on would be a guess.
  ///
  /// Whole frames may be missing in front of this one; or, while the revision cannot tell, it may
  /// be the last one once more. Where both say "no value" or nothing, they may well be two.
  private func isOutOfStep(_ frame: NoninFrame, at instant: Instant) -> Bool {
    guard position > 0, let last else { return false }
    let mayRepeat = revision != nil || frame.float == 0 || frame.float == 0x7F
    return instant - last.at > Self.longestPause || frame == last.frame && !mayRepeat
  }

  /// Counts from SYNC on, through frames beyond doubt only.
  private mutating func step(to frame: NoninFrame, isInDoubt: Bool) {
    guard !isInDoubt else { return losePlace() }
    if frame.isFirst {
      if position == 25 { revision = possibleRevision }
      position = run >= Self.trustworthyRun ? 1 : 0
    } else if position > 0 {
      position = position < 25 ? position + 1 : 0
    }
    run = min(run + 1, Self.trustworthyRun)
  }

  private mutating func status(of frame: NoninFrame) -> SignalStatus {
    typealias Bits = NoninFrame.Bits
    var status: SignalStatus = []
    if frame.status & Bits.sensorDisconnected != 0 { status.insert(.sensorDisconnected) }
    if frame.status & Bits.artifact != 0 { status.insert(.artifact) }
    if frame.status & Bits.outOfTrack != 0 { status.insert(.poorSignal) }
    if frame.status & Bits.sensorAlarm != 0 { status.insert(.sensorOff) }
    let pulse = frame.status & Bits.pulse
    if pulse != 0 {
      if !wasPulse { status.insert(.beat) }
      perfusion =
        switch pulse {
        case Bits.yellowPulse: .marginalPerfusion
        case Bits.redPulse: .lowPerfusion
        default: []
        }
    }
    wasPulse = pulse != 0
    if !status.isDisjoint(with: .offPatient) { perfusion = [] }
    return status.union(perfusion)
  }
}
