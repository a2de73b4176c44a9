import Vitals

/// HIGH findings of questionable readings that wait for a clean repeat (`clinical.md` 4.4).
struct PressureDoubts: Sendable {
  /// A clean repeat must come within this time; then the doubt counts against the patient.
  static let patience = Duration.seconds(120)

  struct Doubt: Sendable {
    let id: AlarmID
    let value: Int
    let limit: Int
    let until: Instant
  }
  private(set) var all: [Doubt] = []

  var nextDeadline: Instant? { all.reduce(nil) { earliest($0, $1.until) } }

  /// Notes a finding; the first one sets the time.
  mutating func add(_ id: AlarmID, value: Int, limit: Int, at now: Instant) {
    guard !all.contains(where: { $0.id == id }) else { return }
    all.append(Doubt(id: id, value: value, limit: limit, until: now + Self.patience))
  }

  /// A clean reading has answered them.
  mutating func settle() { all = [] }

  /// Takes out what nobody has answered in time.
  mutating func expire(at now: Instant) -> [Doubt] {
    let expired = all.filter { $0.until <= now }
    all.removeAll { $0.until <= now }
    return expired
  }
}

/// The rules that are judged with every blood pressure.
extension AlarmMonitor {
  /// Judges one valid blood pressure.
  ///
  /// Returns whether it goes on the chart as a noteworthy rise.
  mutating func judge(
    _ reading: BloodPressure, isObserving: Bool, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Bool {
    guard scope != .off else { return false }
    let context = PressureContext(
      reading: reading, at: now, previous: previousPressure, baseline: baseline,
      isObserving: isObserving, policy: policy.pressure)
    previousPressure = (reading, now)
    let isClean = reading.quality == .clean
    if isClean { doubts.settle() }
    let remark: Alarm.Remark? = Plausibility.isImprobable(reading) ? .checkSensor : nil
    for rule in pressureRules {
      switch rule.judge(context) {
      case .good where isClean: end(rule.id, at: now, emit: emit)
      case .violated(.high, let value, let limit) where !isClean:
        if !isActive(rule.id) { doubts.add(rule.id, value: value, limit: limit, at: now) }
      case .violated(let priority, let value, let limit):
        raise(rule.id, priority, value: value, limit: limit, remark: remark, at: now, emit: emit)
      case .good, .unchanged: break
      }
    }
    return context.isNoteworthyRise
  }

  /// No clean reading has come in time: HIGH all the same.
  mutating func confirmDoubts(at now: Instant, emit: (Instant, Output) -> Void) {
    for doubt in doubts.expire(at: now) {
      raise(
        doubt.id, .high, value: doubt.value, limit: doubt.limit, remark: .questionable, at: now,
        emit: emit)
    }
  }
}
