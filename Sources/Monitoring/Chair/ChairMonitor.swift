public import Vitals

/// Everything that is decided about one chair: alarms, session, cuff schedule, sign-off.
///
/// A value that performs no I/O, reads no clock and starts no timer; the same inputs give the same
/// outputs in the daemon, in replay and in a test.
public struct ChairMonitor: Machine {
  public enum Input: Sendable {
    // What is rare and large is boxed: every frame passes as one of these.
    case oximetry(OximeterReading)
    /// What the device at a slot says of a blood pressure; only the cuff takes our orders.
    indirect case determination(Determination, from: SlotName = .cuff)
    indirect case manual(BloodPressure, by: StaffID)
    /// A respiration rate: counted by a person, or (`nil`) from a monitor.
    case respiration(RespirationRate, by: StaffID?)
    case battery(SlotName, BatteryLevel)
    /// The patient has pressed the button.
    case called
    indirect case command(Command, by: StaffID, role: Role?)
    indirect case device(SlotName, DeviceChange)
    /// Whether a cuff is connected that can be told to start.
    case cuffTakesOrders(Bool)
    /// How many nurse stations are connected.
    case stations(Int)
    /// The daemon was not running since this instant; without certainty, nobody knows how long.
    case interrupted(since: Instant, isCertain: Bool = true)
    case link(LinkNews)
  }

  public enum Output: Hashable, Sendable {
    case event(ChairEvent)
    /// The second's sample; `nil` when the last one has become too old to be current.
    case sample(OximeterReading?)
    case order(CuffOrderCause)
  }

  /// What the ward's prescriber set; every session starts from it, never from the last patient.
  let unitPolicy: Policy
  /// Who works here now: whom a command may name.
  public var roster: Roster
  var alarms: AlarmMonitor
  public internal(set) var session: Session?
  var sampler = Sampler()
  var schedule = CuffSchedule()
  /// Whether a cuff is connected that can be told to start.
  var hasCuff = false
  var stations = 0
  /// Valid blood pressures of the session, oldest first.
  public internal(set) var pressures: [(reading: BloodPressure, at: Instant)] = []
  /// The same with where they come from, and never shortened: numbered from 1.
  public internal(set) var readings: [ChartedPressure] = []
  public internal(set) var lastPressureSource: PressureReading.Source?
  public internal(set) var cuffPressure: Int?
  public internal(set) var lastFailure: DeterminationFailure?
  /// Usable samples before the drug, for the baseline's medians.
  var baselineSamples: [(spo2: Int, pulseRate: Int)] = []
  var validSeconds = SecondsRing()
  /// Since when the oximeter gives nothing usable.
  var signalLostSince: Instant?
  var interlock = CuffInterlock()
  var lastRespiration: (rate: RespirationRate, at: Instant, by: StaffID?)?
  /// Since when it gives nothing else.
  var usableSince: Instant?
  var nextTick: Instant?
  /// Kept, because it is asked for with every frame and there is much to look at.
  public private(set) var nextDeadline: Instant?
  /// How far time has come.
  ///
  /// A deadline that a command sets into the past fires now, not then.
  private var reached: Instant?

  /// How often the oximeter sends numbers when all is well.
  public var oximetryInterval: Duration {
    get { sampler.interval }
    set { sampler.interval = newValue }
  }

  public init(policy: Policy, roster: Roster = .standard) {
    unitPolicy = policy
    self.roster = roster
    alarms = AlarmMonitor(policy: policy)
  }

  /// Must follow everything that may change a deadline.
  mutating func updateDeadline() { nextDeadline = earliestDeadline }

  private var earliestDeadline: Instant? {
    var next = alarms.nextDeadline
    next = earliest(next, sampler.staleAt)
    guard session != nil else { return next }
    next = earliest(next, nextTick)
    next = earliest(next, automaticStartAt)
    next = earliest(next, schedule.cuff.limitAt)
    next = earliest(next, schedule.stat?.until)
    next = earliest(next, overdueAt)
    next = earliest(next, signatureLapsesAt)
    next = earliest(next, overrunAt)
    return earliest(next, awayTooLongAt)
  }

  public mutating func advance(to now: Instant, emit: (Instant, Output) -> Void) {
    while let next = nextDeadline, next <= now {
      let due = max(next, reached ?? next)
      reached = due
      alarms.advance(to: due) { emit($0, Self.output($1)) }
      if let staleAt = sampler.staleAt, staleAt <= due { expireSample(at: due, emit: emit) }
      if let limitAt = schedule.cuff.limitAt, limitAt <= due {
        giveUpDetermination(at: due, emit: emit)
      }
      if let until = schedule.stat?.until, until <= due { endStat(.expired, at: due, emit: emit) }
      if let startAt = automaticStartAt, startAt <= due { startCuff(at: due, emit: emit) }
      if let overdueAt, overdueAt <= due { raiseOverdue(at: due, emit: emit) }
      if let awayTooLongAt, awayTooLongAt <= due { raise(.awayLong, .medium, at: due, emit: emit) }
      if let overrunAt, overrunAt <= due { tellOverrun(at: due, emit: emit) }
      if let signatureLapsesAt, signatureLapsesAt <= due { lapseSignature(at: due, emit: emit) }
      if let tick = nextTick, tick <= due {
        nextTick = tick + .seconds(1)
        observe(at: due, emit: emit)
      }
      updateDeadline()
    }
    reached = max(now, reached ?? now)
  }

  public mutating func handle(
    _ input: Input, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    advance(to: now, emit: emit)
    switch input {
    case .oximetry(let reading): take(reading, at: now, emit: emit)
    case .determination(let step, from: .cuff): take(step, at: now, emit: emit)
    case .determination(let step, let slot): take(step, from: slot, at: now, emit: emit)
    case .manual(let reading, let staff):
      take(reading, from: .manual, by: staff, at: now, emit: emit)
    case .respiration(let rate, let staff): take(rate, by: staff, at: now, emit: emit)
    case .battery(let slot, let level): take(level, of: slot, at: now, emit: emit)
    case .called: takeCall(at: now, emit: emit)
    case .command(let command, let staff, let role):
      _ = perform(command, by: staff, role: role, at: now, emit: emit)
    case .device(let slot, let change): emit(now, .event(.device(slot, change)))
    case .cuffTakesOrders(let takesOrders): connectCuff(takesOrders, at: now, emit: emit)
    case .stations(let count): connect(stations: count, at: now, emit: emit)
    case .link(let news): take(news, at: now, emit: emit)
    case .interrupted(let since, let isCertain):
      noteInterruption(since: since, isCertain: isCertain, at: now, emit: emit)
    }
    // Frames are many, and see to the deadline themselves.
    if case .oximetry = input {} else { updateDeadline() }
    // What it made due is decided with it.
    advance(to: now, emit: emit)
  }

  /// A restart ends every pause, and a person must know that nobody was watching.
  private mutating func noteInterruption(
    since: Instant, isCertain: Bool, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard session?.isMonitored == true else { return }
    dropCredit(since: since, isCertain: isCertain, at: now)
    alarms.endInactivation(.restarted, at: now) { emit($0, Self.output($1)) }
    let gap = (now - since).wholeSeconds
    emit(now, .event(.audit(.interrupted(seconds: gap, isCertain: isCertain))))
    endStat(.restarted, at: now, emit: emit)
    alarms.raise(.monitoringInterrupted, .medium, value: gap, at: now) {
      emit($0, Self.output($1))
    }
    alarms.end(.monitoringInterrupted, at: now) { emit($0, Self.output($1)) }
    restoreLimits(afterGap: gap, at: now, emit: emit)
  }

  mutating func raise(
    _ id: AlarmID, _ priority: Priority, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    alarms.raise(id, priority, at: now) { emit($0, Self.output($1)) }
  }

  mutating func end(_ id: AlarmID, at now: Instant, emit: (Instant, Output) -> Void) {
    alarms.end(id, at: now) { emit($0, Self.output($1)) }
  }

  static func output(_ output: AlarmMonitor.Output) -> Output {
    switch output {
    case .change(let change): .event(.alarm(change))
    case .audioPaused(let seconds, let by): .event(.audit(.audioPaused(seconds: seconds, by: by)))
    case .audioResumed(let why, let by): .event(.audit(.audioResumed(why, by: by)))
    case .audit(let entry): .event(.audit(entry))
    }
  }
}
