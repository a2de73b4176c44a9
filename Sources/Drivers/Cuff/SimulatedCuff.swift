import Vitals

/// The pump, the valve and the memory of a simulated cuff; what it says is its protocol's affair.
struct SimulatedCuff: Sendable {
  struct Run: Sendable {
    let begun: Instant
    let end: Instant
    let determination: SimulatedDetermination

    /// The first fifth, in nanoseconds.
    var inflation: Int64 { max(1, (end - begun).nanoseconds / 5) }
  }

  /// The determination under way.
  private(set) var run: Run?
  /// How the last one that was not aborted ended.
  private(set) var outcome: Determination?
  /// The last pressure measured; a failure leaves it as it is.
  private(set) var lastPressure: BloodPressure?
  /// When the last one ended, or the device was first switched on.
  private(set) var idleSince: Instant?

  mutating func switchOn(at instant: Instant) { idleSince = idleSince ?? instant }

  mutating func start(_ determination: SimulatedDetermination, at instant: Instant) {
    run = Run(
      begun: instant, end: instant + max(determination.duration, .milliseconds(1)),
      determination: determination)
  }

  /// Opens the valve, and returns whether there was anything to end.
  @discardableResult
  mutating func abort() -> Bool {
    defer { run = nil }
    return run != nil
  }

  /// Ends the determination under way, and returns how it went.
  mutating func finish() -> Determination? {
    guard let run else { return nil }
    self.run = nil
    outcome = run.determination.outcome
    idleSince = run.end
    if case .result(let pressure) = run.determination.outcome { lastPressure = pressure }
    return outcome
  }

  /// Pressure in the cuff, in mmHg.
  ///
  /// Up to 40 mmHg above systolic, then down in a straight line to 20.
  func pressure(at instant: Instant) -> Int {
    guard let run else { return 0 }
    var top = 180
    if case .result(let pressure) = run.determination.outcome { top = pressure.systolic + 40 }
    let elapsed = (instant - run.begun).nanoseconds
    if elapsed < run.inflation { return Int(Int64(top) * elapsed / run.inflation) }
    let deflation = max(1, (run.end - run.begun).nanoseconds - run.inflation)
    return top - Int(Int64(top - 20) * (elapsed - run.inflation) / deflation)
  }

  /// Whether the pressure goes up.
  func isInflating(at instant: Instant) -> Bool {
    run.map { (instant - $0.begun).nanoseconds < $0.inflation } ?? false
  }
}
