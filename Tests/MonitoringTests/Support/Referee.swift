@testable import Monitoring
import Vitals

/// Knows the rules of `clinical.md` 2.4 on when a cuff may start, written out anew, and blows the
/// whistle.
struct Referee {
  private(set) var fouls: [String] = []
  /// How often the cuff was started, by cause; a test without starts tests nothing.
  private(set) var starts: [CuffOrderCause: Int] = [:]

  private var phase: Phase?
  private var isAway = false
  private var isPlugged = true
  private var reopenedAt: Instant?
  private var workingSince: Instant?
  private var deflatedAt: Instant?
  /// The line closed while the cuff worked; until it was told to stop nobody knows.
  private var isOutOfSight = false
  private var isCommanded = false

  private var zero: Instant?
  private var dues: [Instant] = []
  private var returnDue: Instant?
  private var attempted: Set<Instant> = []
  private var isAutomatic = true
  private var failures = 0
  private var lastFailure: Instant?
  private var statUntil: Instant?
  private var lastReading: Instant?
  private var alarmedAt: Instant?
  private var isWorrying = false
  private var goodInARow = 0

  mutating func begin(_ visit: Visit) { phase = visit.phase }

  private mutating func foul(_ what: String, _ at: Instant) {
    fouls.append("\(what) at \(Double(at.milliseconds) / 1000)")
  }

  /// A command that was carried out.
  mutating func note(_ command: Command, _ visit: Visit) {
    switch command {
    case .nibpStart: (isCommanded, failures) = (true, 0)
    case .nibpStat: failures = 0
    case .nibpAbort: lastFailure = nil
    case .patientAway: isAway = true
    case .patientReturned:
      isAway = false
      let due = visit.now + .seconds(300)
      plan([due] + dues.filter { $0 > visit.now }, keepsAttempts: true)
      returnDue = due
    case .schedule(let seconds, let isAutomatic):
      let zero = zero ?? visit.now
      plan(seconds.map { zero + .seconds($0) })
      self.isAutomatic = isAutomatic
      if !isAutomatic { isWorrying = false }
    case .doseStart:
      zero = visit.now
      plan((1...24).map { visit.now + .seconds($0 * 300) })
      isAutomatic = true
    case .doseEnd:
      plan([0, 10, 20, 35, 50, 65, 80].map { visit.now + .seconds($0 * 60) })
      isAutomatic = true
    case .checkIn:
      let cuff = (deflatedAt, workingSince, isOutOfSight, isPlugged)
      let (fouls, starts) = (fouls, starts)
      self = Referee()
      (deflatedAt, workingSince, isOutOfSight, isPlugged) = cuff
      (self.fouls, self.starts) = (fouls, starts)
      phase = .baseline
    default: break
    }
  }

  private mutating func plan(_ dues: [Instant], keepsAttempts: Bool = false) {
    (self.dues, returnDue) = (dues, nil)
    if !keepsAttempts {
      attempted = []
      lastFailure = nil
    }
  }

  mutating func plug(_ isPlugged: Bool, at now: Instant) {
    self.isPlugged = isPlugged
    if isPlugged { reopenedAt = now } else if workingSince != nil { isOutOfSight = true }
  }

  /// What the cuff says.
  mutating func hear(_ step: Determination, at now: Instant) {
    switch step {
    case .inflating: workingSince = now
    case .cuffPressure: break
    case .result(let pressure):
      end(at: now)
      failures = 0
      read(pressure, fromCuff: true, at: now)
    case .failed: end(at: now)
    case .aborted: end(at: now)
    }
  }

  private mutating func end(at now: Instant) {
    workingSince = nil
    if !isOutOfSight { deflatedAt = now }
  }

  mutating func read(_ pressure: BloodPressure, fromCuff: Bool, at now: Instant) {
    (lastReading, lastFailure) = (now, nil)
    dues = dues.filter { $0 - .seconds(150) > now && $0 != returnDue }
    let isBad =
      pressure.systolic >= 160 || pressure.diastolic >= 100 || pressure.systolic < 90
      || pressure.mean < 65
    goodInARow = isBad ? 0 : goodInARow + 1
    if isBad { isWorrying = isAutomatic } else if goodInARow >= 2 { isWorrying = false }
  }

  /// What the chair decides.
  mutating func see(_ output: ChairMonitor.Output, at now: Instant) {
    if let until = statUntil, now > until { foul("STAT outlives its time", now) }
    if let since = workingSince, now > since + .seconds(190) { foul("a cycle is too long", now) }
    switch output {
    case .order(let cause): if cause.isStart { judge(cause, at: now) } else { abort(at: now) }
    case .event(.session(let change)): phase = change.phase
    case .event(.audit(.statStarted(let seconds, _))): statUntil = now + .seconds(seconds)
    case .event(.audit(.statEnded)): statUntil = nil
    // A pressure before the drug that is not well is measured again 5 min later.
    case .event(.reading(let reading)) where phase == .baseline:
      let pressure = reading.pressure
      let isWell =
        (90...140).contains(pressure.systolic) && pressure.diastolic <= 90
      if !isWell { dues = (dues + [now + .seconds(300)]).sorted() }
    case .event(.device(.cuff, .determinationFailed)):
      failures += 1
      lastFailure = now
      // What has outlasted its time has failed, whatever the cuff says.
      if let since = workingSince, now >= since + .seconds(190) { end(at: now) }
    case .event(.alarm(let change)) where change.step == .raised:
      if [.pressureCritical, .pressureVeryLow].contains(change.alarm.id) { alarmedAt = now }
    default: break
    }
  }

  private mutating func abort(at now: Instant) {
    guard isOutOfSight, isPlugged else { return }
    (isOutOfSight, deflatedAt) = (false, now)
  }

  private mutating func judge(_ cause: CuffOrderCause, at now: Instant) {
    starts[cause, default: 0] += 1
    let pause: Int = cause == .stat ? 5 : 30
    func isPast(_ instant: Instant?, _ seconds: Int) -> Bool {
      instant.map { $0 + .seconds(seconds) <= now } ?? true
    }
    if workingSince != nil { foul("\(cause) while working", now) }
    if !isPlugged || isOutOfSight { foul("\(cause) out of sight", now) }
    if !isPast(deflatedAt, pause) { foul("\(cause) too soon", now) }
    if isAway { foul("\(cause) while away", now) }
    if phase?.isMonitored != true { foul("\(cause) without a session", now) }
    let isBySomebody = cause == .operatorStart || cause == .stat
    if !isBySomebody {
      if failures >= 3 { foul("\(cause) after the third failure", now) }
      if !isPast(reopenedAt, 30) { foul("\(cause) on plugging in", now) }
      if !isAutomatic { foul("\(cause) although by hand", now) }
      if statUntil != nil { foul("\(cause) in STAT mode", now) }
    }
    let isAllowed: Bool =
      switch cause {
      case .operatorStart: isCommanded
      case .stat: statUntil.map { now < $0 } == true
      case .scheduledStart: dues.contains { $0 <= now && !attempted.contains($0) }
      case .retry: lastFailure.map { now >= $0 + .seconds(60) } == true
      case .recheck:
        alarmedAt.map { $0 == lastReading && now >= $0 + .seconds(60) } == true
      case .followUp: isWorrying && isPast(lastReading, 300)
      default: false
      }
    if !isAllowed { foul("\(cause) without a reason", now) }
    isCommanded = false
    if cause == .recheck { alarmedAt = nil }
    if !isBySomebody {
      attempted.formUnion(dues.filter { $0 <= now })
      lastFailure = nil
    }
    workingSince = now
  }
}
