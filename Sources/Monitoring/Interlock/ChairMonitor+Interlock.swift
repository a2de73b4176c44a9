public import Vitals

/// What is known of cuff, finger and infusion together.
struct CuffInterlock: Sendable {
  var limbs = Limbs()
  var hold = CuffHold()
  var pulse = PulseCheck()
  var watch = LimbWatch()
}

/// The interlock of cuff, oximeter and infusion (`clinical.md` 4.4, 4.5).
extension ChairMonitor {
  /// A device that speaks more rarely is without numbers between any two of its words; that says
  /// nothing of a cuff.
  private static let slowestForLimbs = Duration.seconds(3)

  /// Where cuff, oximeter and infusion are, as far as somebody has said.
  public var limbs: Limbs { interlock.limbs }

  /// Whether the cuff may disturb the oximeter now, so that nothing new is found in its signal.
  public func isUnderCuff(at now: Instant) -> Bool {
    interlock.hold.isOn(at: now) && !interlock.limbs.isOximeterClear
  }

  mutating func setLimbs(
    _ new: Limbs, by staff: StaffID, role: Role, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let old = interlock.limbs
    let limbs = old.updated(with: new)
    let isConfirmed = limbs.cuff == old.cuff && limbs.infusion == old.infusion
    // An inflation stops the drug.
    if limbs.isCuffOnInfusion, !isConfirmed, role != .prescriber {
      return Refusal(.needsPrescriber)
    }
    interlock.limbs = limbs
    interlock.watch = LimbWatch()
    emit(now, .event(.audit(.limbs(limbs, by: staff))))
    end(.sameLimb, at: now, emit: emit)
    if isUnderCuff(at: now) { alarms.suspendOximetry() }
    return nil
  }

  /// The cuff was told to inflate, or says that it does.
  mutating func noteInflation(isRequest: Bool, at now: Instant) {
    interlock.pulse.begin(at: now)
    interlock.watch.inflate(at: now, isRequest: isRequest)
    if isRequest { interlock.hold.request(at: now) } else { interlock.hold.inflate(at: now) }
    if isUnderCuff(at: now) { alarms.suspendOximetry() }
  }

  /// The determination has ended.
  mutating func noteDeflation(at now: Instant, emit: (Instant, Output) -> Void) {
    interlock.hold.end(at: now)
    interlock.watch.deflate(at: now)
    judgeLimbs(at: now, emit: emit)
  }

  /// Takes what a sample means for later comparisons.
  mutating func noteSignal(
    _ sample: OximeterReading?, isChange: Bool, isUnderCuff: Bool, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    let isUsable = sample?.isUsable == true
    if isUsable, !isUnderCuff, let rate = sample?.pulseRate {
      interlock.pulse.note(rate, at: now)
    }
    guard isChange, sampler.interval <= Self.slowestForLimbs else { return }
    interlock.watch.signal(isUsable: isUsable, at: now)
    judgeLimbs(at: now, emit: emit)
  }

  private mutating func judgeLimbs(at now: Instant, emit: (Instant, Output) -> Void) {
    guard session?.phase.isMonitored == true, interlock.limbs.isOximeterClear else { return }
    if interlock.watch.isPattern {
      raise(.sameLimb, .low, at: now, emit: emit)
    } else {
      end(.sameLimb, at: now, emit: emit)
    }
  }

  /// `PR_DISCORD`, with the second disagreement in a row.
  mutating func judgePulses(
    _ finding: PulseCheck.Finding?, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let finding, let isDiscord = finding.isDiscord else { return }
    guard isDiscord, session?.phase.isMonitored == true else {
      return end(.pulseDiscord, at: now, emit: emit)
    }
    alarms.raise(
      .pulseDiscord, .low, value: finding.cuff, limit: finding.oximeter,
      remark: finding.isCountError ? .countError : nil, at: now
    ) { emit($0, Self.output($1)) }
  }
}
