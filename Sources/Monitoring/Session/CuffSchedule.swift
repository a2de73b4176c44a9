import Vitals

/// When blood pressures are due, which of them are met, and when a cuff may start by itself
/// (`clinical.md` 2.4).
struct CuffSchedule: Sendable {
  /// A due time is met by a reading from this long before it to any time after it.
  static let early = Duration.seconds(150)
  /// A failed determination is repeated once after this long; the third in a row stops cycling.
  static let retryAfter = Duration.seconds(60)
  static let failuresThatStop = 3

  var cuff: CuffWork
  /// Unmet due times of the plan, in order.
  private var planned: [Instant] = []
  /// The due time of a return, which any reading since the return meets (`clinical.md` 1.4).
  private var returnDue: Instant?
  private(set) var followUp = FollowUp()
  /// False when a person has said that these due times are all, and the cuff is started by hand.
  private var startsByItself = true
  private var lastAttempted: Instant?
  private var retryAt: Instant?
  /// Failures since the last valid pressure.
  private(set) var failuresInARow = 0
  /// Failures since a person last started the cuff, or it last succeeded; cycling stops at the
  /// third.
  private var failuresUnattended = 0
  /// While the patient is away nothing starts and nothing becomes overdue.
  var isWaiting = false
  var stat: StatMode?

  /// A plan without due times, for a cuff as it is.
  init(cuff: CuffWork = CuffWork()) { self.cuff = cuff }

  /// When the next pressure is due, or the oldest was that is still missing.
  var nextDue: Instant? { earliest(planned.first, followUp.dueAt) }

  /// Unmet due times of the plan, up to the first that is still to come.
  func open(at now: Instant) -> [Instant] {
    let past = planned.prefix { $0 <= now }
    return Array(planned.prefix(past.count + 1))
  }

  /// Adds one due time to the plan.
  mutating func add(_ due: Instant) { planned = (planned + [due]).sorted() }

  /// Replaces every due time of the plan.
  ///
  /// The closer watch of a worrying pressure goes on, unless the cuff is to be started by hand.
  mutating func replace(_ dues: [Instant], startsByItself: Bool) {
    planned = dues.sorted()
    returnDue = nil
    self.startsByItself = startsByItself
    if !startsByItself { followUp = FollowUp() }
    lastAttempted = nil
    retryAt = nil
  }

  /// Goes on after the patient's return: a pressure is due within 5 min (`clinical.md` 1.4), in
  /// place of all that fell due while nobody could measure.
  mutating func resume(at now: Instant) {
    isWaiting = false
    let due = now + .seconds(300)
    planned = ([due] + planned.filter { $0 > now }).sorted()
    returnDue = due
    if let dueAt = followUp.dueAt, dueAt <= now { followUp.postpone(to: due) }
  }

  /// Whether the cuff is deflated, and long enough for a person to start it.
  func mayStart(at now: Instant) -> Bool {
    !cuff.isWorking && cuff.deflated(for: CuffWork.minimumDeflated).map { $0 <= now } != false
  }

  /// When the cuff should next be started, `nil` while nothing is due or it must wait for a person.
  var startAt: Instant? {
    guard !cuff.isWorking, !cuff.isOutOfSight, !isWaiting else { return nil }
    if let stat { return startAt(in: stat) }
    guard startsByItself, failuresUnattended < Self.failuresThatStop else { return nil }
    guard let wanted = earliest(retryAt, earliest(plannedStart, followUp.startAt))
    else { return nil }
    let deflated = cuff.deflated(for: CuffWork.minimumDeflated)
    return later(later(wanted, deflated), cuff.steadyAt)
  }

  private func startAt(in stat: StatMode) -> Instant? {
    let start = later(stat.begunAt, cuff.deflated(for: CuffWork.minimumDeflatedInStat))
    return start < stat.until ? start : nil
  }

  /// The first due time for which the cuff was not started yet.
  private var plannedStart: Instant? {
    planned.first { due in lastAttempted.map { due > $0 } ?? true }
  }

  /// When the oldest unmet due time becomes overdue by `seconds`.
  ///
  /// The clock waits while a determination runs: it may yet meet it.
  func overdueAt(seconds: Int) -> Instant? {
    guard !cuff.isWorking, !isWaiting, let due = nextDue else { return nil }
    return due + .seconds(seconds)
  }

  /// Notes that the cuff is started by itself, for everything due by `now`.
  ///
  /// Returns why.
  mutating func noteStart(at now: Instant) -> CuffOrderCause {
    func isDue(_ instant: Instant?) -> Bool { instant.map { $0 <= now } == true }
    let cause: CuffOrderCause =
      if stat != nil {
        .stat
      } else if isDue(retryAt) {
        .retry
      } else if followUp.isRecheck, isDue(followUp.startAt) {
        .recheck
      } else {
        isDue(plannedStart) ? .scheduledStart : .followUp
      }
    retryAt = nil
    lastAttempted = planned.last { $0 <= now } ?? lastAttempted
    followUp.noteStart(at: now)
    return cause
  }

  /// A person started the cuff: cycling goes on after failures.
  mutating func noteOperatorStart() {
    failuresUnattended = 0
    retryAt = nil
  }

  /// A person stopped the cuff: nothing is repeated.
  mutating func noteOperatorAbort() { retryAt = nil }

  /// Ends a determination without a result; a failed one is repeated unless it is the third.
  mutating func end(failed: Bool, at now: Instant) {
    if !cuff.isOutOfSight { cuff.end(at: now) }
    guard failed else { return }
    failuresInARow += 1
    failuresUnattended += 1
    retryAt = failuresUnattended < Self.failuresThatStop ? now + Self.retryAfter : nil
  }

  /// A determination failed that we did not order, and do not repeat.
  mutating func noteFailure() { failuresInARow += 1 }

  /// Takes a valid reading.
  ///
  /// Returns the due times that it meets. A pressure by hand does not make a cuff whole that has
  /// failed three times.
  mutating func meet(at now: Instant, fromCuff: Bool) -> [Instant] {
    if fromCuff {
      cuff.end(at: now)
      failuresUnattended = 0
    }
    failuresInARow = 0
    retryAt = nil
    let met = planned.filter { $0 - Self.early <= now || $0 == returnDue }
    planned.removeAll { met.contains($0) }
    returnDue = nil
    let followed = followUp.dueAt.flatMap { $0 - Self.early <= now ? $0 : nil }
    return (met + [followed].compactMap(\.self)).sorted()
  }

  /// What the rules make of the reading that was just met.
  mutating func follow(_ finding: FollowUp.Finding, at now: Instant) {
    guard startsByItself else { return }
    followUp.take(finding, at: now)
  }
}

/// The later of two instants; an absent one asks for nothing.
private func later(_ a: Instant, _ b: Instant?) -> Instant { b.map { max(a, $0) } ?? a }
