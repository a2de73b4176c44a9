import Vitals

/// When blood pressures are due, which of them are met, and when a cuff may start by itself
/// (`clinical.md` 2.4).
struct CuffSchedule: Sendable {
  /// A due time is met by a reading from this long before it to any time after it.
  static let early = Duration.seconds(150)
  /// The cuff stays deflated at least this long between two determinations.
  static let minimumDeflated = Duration.seconds(30)
  /// A failed determination is repeated once after this long; the third in a row stops cycling.
  static let retryAfter = Duration.seconds(60)
  static let failuresThatStop = 3

  /// Unmet due times, in order.
  private(set) var dues: [Instant] = []
  private var startsByItself = false
  private var lastAttempted: Instant?
  private var retryAt: Instant?
  /// Failures since the last valid pressure.
  private(set) var failuresInARow = 0
  /// Those of them since a person last started the cuff; cycling stops at the third.
  private var failuresUnattended = 0
  /// Set while a determination runs.
  private(set) var isWorking = false
  private var idleSince: Instant?
  /// While the patient is away nothing starts and nothing becomes overdue.
  var isWaiting = false

  /// Replaces every due time.
  mutating func replace(_ dues: [Instant], startsByItself: Bool) {
    self.dues = dues.sorted()
    self.startsByItself = startsByItself
    lastAttempted = nil
    retryAt = nil
  }

  /// Goes on after the patient's return: a pressure is due within 5 min (`clinical.md` 1.4), in
  /// place of all that fell due while nobody could measure.
  mutating func resume(at now: Instant) {
    isWaiting = false
    dues = ([now + .seconds(300)] + dues.filter { $0 > now }).sorted()
  }

  /// Whether the cuff is deflated, and long enough.
  func mayStart(at now: Instant) -> Bool {
    !isWorking && idleSince.map { now - $0 >= Self.minimumDeflated } != false
  }

  /// When the cuff should next be started, `nil` while nothing is due or it must wait for a person.
  var startAt: Instant? {
    guard startsByItself, !isWorking, !isWaiting, failuresUnattended < Self.failuresThatStop
    else { return nil }
    let due = dues.first { due in lastAttempted.map { due > $0 } ?? true }
    guard let wanted = earliest(due, retryAt) else { return nil }
    return idleSince.map { max(wanted, $0 + Self.minimumDeflated) } ?? wanted
  }

  /// When the oldest unmet due time becomes overdue by `seconds`.
  ///
  /// The clock waits while a determination runs: it may yet meet it.
  func overdueAt(seconds: Int) -> Instant? {
    guard !isWorking, !isWaiting, let due = dues.first else { return nil }
    return due + .seconds(seconds)
  }

  /// Notes that the cuff was told to start for everything due by `now`.
  ///
  /// Returns whether it is a repetition after a failure.
  mutating func noteStart(at now: Instant) -> Bool {
    let isRetry = retryAt.map { $0 <= now } == true
    retryAt = nil
    lastAttempted = dues.last { $0 <= now } ?? lastAttempted
    return isRetry
  }

  /// A person started the cuff: cycling goes on after failures.
  mutating func noteOperatorStart() {
    failuresUnattended = 0
    retryAt = nil
  }

  mutating func begin() { isWorking = true }

  /// Ends a determination without a result; a failed one is repeated unless it is the third.
  mutating func end(failed: Bool, at now: Instant) {
    isWorking = false
    idleSince = now
    guard failed else { return }
    failuresInARow += 1
    failuresUnattended += 1
    retryAt = failuresUnattended < Self.failuresThatStop ? now + Self.retryAfter : nil
  }

  /// Takes a valid reading.
  ///
  /// Returns the due times that it meets.
  mutating func meet(at now: Instant, fromCuff: Bool) -> [Instant] {
    if fromCuff {
      isWorking = false
      idleSince = now
    }
    (failuresInARow, failuresUnattended) = (0, 0)
    retryAt = nil
    let met = dues.prefix { $0 - Self.early <= now }
    dues.removeFirst(met.count)
    return Array(met)
  }

  /// The due times of a dose that starts now.
  static func doseDues(_ preset: Route.Preset, start: Instant) -> [Instant] {
    guard let minutes = preset.doseIntervalMinutes else {
      return preset.observationDueMinutes.map { start + .seconds($0 * 60) }
    }
    // Doses overrun; go on for as long as any dose may take (120 min, `clinical.md` RQ-01).
    return stride(from: minutes, through: 120, by: minutes).map { start + .seconds($0 * 60) }
  }

  /// The due times of an observation, every 15 min after the listed ones for six hours.
  static func observationDues(_ preset: Route.Preset, anchor: Instant, now: Instant) -> [Instant] {
    let listed = preset.observationDueMinutes
    let further = stride(from: (listed.last ?? 0) + 15, through: 360, by: 15)
    return (listed + further).map { anchor + .seconds($0 * 60) }.filter { $0 >= now }
  }
}
