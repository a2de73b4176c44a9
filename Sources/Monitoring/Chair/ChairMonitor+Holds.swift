import Vitals

/// Why a dose may not start yet, and who has lifted that (`clinical.md` 2.5).
extension ChairMonitor {
  /// A pressure that puts a hold on the dose is repeated after this long.
  private static let recheckAfter = Duration.seconds(300)

  mutating func declare(
    _ hold: HoldClass, _ cause: Hold.Cause, by staff: StaffID, reason: String, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard var holds = session?.holds else { return }
    var isNews = staff != .system
    if let index = holds.firstIndex(where: { $0.cause == cause }) {
      holds[index].normalSince = nil
      if hold > holds[index].level {
        (holds[index].level, holds[index].declaredAt, isNews) = (hold, now, true)
      }
    } else {
      holds.append(Hold(level: hold, cause: cause, declaredAt: now))
      isNews = true
    }
    session?.holds = holds
    // What a person says is on record even when it changes nothing.
    guard isNews, let inForce = session?.hold else { return }
    emit(now, .event(.audit(.holdDeclared(inForce, by: staff, reason: reason))))
  }

  /// What a pressure before the drug means: a hold and a second look, or the end of one.
  mutating func judgeHold(
    _ reading: BloodPressure, earlier: BloodPressure?, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    let isOlder = session?.chart.number(.age).map { $0 > 65 } == true
    let reviewAbove = isOlder && session?.route.isSpravato == true ? 150 : 140
    let hold = HoldClass.calledFor(by: reading, earlier: earlier, reviewAbove: reviewAbove)
    guard let hold else { return liftIfNormal(.pressure, at: now, emit: emit) }
    declare(hold, .pressure, by: .system, reason: "blood pressure", at: now, emit: emit)
    schedule.add(now + Self.recheckAfter)
  }

  /// What the accepted numbers of the oximeter mean.
  mutating func judgeHold(
    _ baseline: Baseline, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let hold = HoldClass.calledFor(by: baseline) else {
      return liftIfNormal(.oximeter, at: now, emit: emit)
    }
    declare(hold, .oximeter, by: .system, reason: "oximeter baseline", at: now, emit: emit)
  }

  /// Two normal readings 5 min apart lift a review.
  private mutating func liftIfNormal(
    _ cause: Hold.Cause, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let index = session?.holds.firstIndex(where: { $0.cause == cause }),
      session?.holds[index].takesNormal(at: now) == true
    else { return }
    session?.holds.remove(at: index)
    emit(
      now,
      .event(
        .audit(.holdCleared(.review, by: .system, reason: "two normal readings 5 min apart"))))
  }

  mutating func clearHolds(
    by staff: StaffID, reason: String, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard let hold = session?.hold else { return }
    session?.holds = []
    let reading = hold == .hard ? pressures.last?.reading : nil
    emit(
      now, .event(.audit(.holdCleared(hold, by: staff, reason: reason, reading: reading))))
  }
}
